package io.bascule.aws.people;

import io.bascule.core.port.Message;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A message as text. */
final class Letters {
    private Letters() {}

    static String body(Message message) {
        return message.subject() + "\n\n" + message.body() + "\n\nYou get this because " + message.why() + ".\nKey: "
                + message.key() + "\n";
    }

    static String hash(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
