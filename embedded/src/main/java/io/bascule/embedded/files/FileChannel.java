package io.bascule.embedded.files;

import io.bascule.core.port.Channel;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Message;
import io.bascule.core.port.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Messages as files: one per key under a directory, named after the recipient and the key's hash. A repeated key is
 * found there already, so it has the effect of once, also between processes. Safe for threads.
 */
public final class FileChannel implements Channel {
    private final Path folder;

    public FileChannel(Path folder) {
        this.folder = folder;
    }

    @Override
    public Outcome send(Message message, Deadline deadline) {
        Path file = folder.resolve(name(message));
        try {
            Files.createDirectories(folder);
            if (Files.exists(file)) {
                return new Outcome.Done(file.getFileName() + " was there");
            }
            Path beside = Files.createTempFile(folder, ".message", ".part");
            try {
                Files.writeString(beside, text(message), StandardCharsets.UTF_8);
                Files.createLink(file, beside);
            } finally {
                Files.deleteIfExists(beside);
            }
            return new Outcome.Done(file.getFileName().toString());
        } catch (FileAlreadyExistsException e) {
            return new Outcome.Done(file.getFileName() + " was there");
        } catch (IOException e) {
            return new Outcome.Refused("cannot write " + file + ": " + e.getMessage(), true);
        }
    }

    private static String text(Message message) {
        return """
               To: %s (%s)
               Subject: %s
               Why: %s
               Key: %s

               %s
               """.formatted(
                        message.recipient(),
                        message.audience(),
                        message.subject(),
                        message.why(),
                        message.key(),
                        message.body());
    }

    private static String name(Message message) {
        String readable = (message.recipient() + "-" + message.key()).replaceAll("[^A-Za-z0-9-]+", "-");
        String hash = HexFormat.of().formatHex(sha256(message.key().getBytes(StandardCharsets.UTF_8)));
        return readable.substring(0, Math.min(60, readable.length())) + "-" + hash.substring(0, 12) + ".txt";
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
