package io.bascule.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What ties each entry to all before it:
 * {@code hash = SHA-256(previous ‖ run ‖ seq ‖ at ‖ v ‖ type ‖ step ‖ fence ‖ body)}, where every field is UTF-8 text
 * behind its length in four bytes, numbers in decimal, {@code at} in milliseconds. The first {@code previous} is the
 * plan's hash. Hashes are 64 lower-case hexadecimal digits here and 32 bytes in the store.
 */
final class HashChain {
    private HashChain() {}

    static String link(String previous, String run, JournalRow row) {
        MessageDigest digest = sha256();
        digest.update(HexFormat.of().parseHex(previous));
        field(digest, run);
        field(digest, Long.toString(row.seq()));
        field(digest, Long.toString(row.at().toEpochMilli()));
        field(digest, Integer.toString(row.v()));
        field(digest, row.type());
        field(digest, row.step());
        field(digest, Long.toString(row.fence()));
        field(digest, row.body());
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void field(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
