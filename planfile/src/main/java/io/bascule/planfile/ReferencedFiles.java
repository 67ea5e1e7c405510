package io.bascule.planfile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The contents of files that a plan refers to, as their SHA-256 in hexadecimal. */
@FunctionalInterface
public interface ReferencedFiles {

    /** The file's hash; empty when it is no ordinary file or cannot be read. */
    Optional<String> sha256(String path);

    /** Files on disk; relative paths start at a folder. */
    static ReferencedFiles in(Path baseDir) {
        return path -> {
            try {
                return hash(baseDir.resolve(path));
            } catch (InvalidPathException e) {
                return Optional.empty();
            }
        };
    }

    /** The hashes that were stored with a run: its plan is decoded as it was, whatever has become of the files. */
    static ReferencedFiles stored(Map<String, String> hashes) {
        SortedMap<String, String> copy = new TreeMap<>(hashes);
        return path -> Optional.ofNullable(copy.get(path));
    }

    /**
     * Which of the files have other contents now than when the plan was read, or are gone.
     *
     * @return one sentence for each such path; empty when all are as they were
     */
    static SortedMap<String, String> changes(Map<String, String> then, ReferencedFiles now) {
        SortedMap<String, String> changes = new TreeMap<>();
        then.forEach((path, hash) -> {
            Optional<String> current = now.sha256(path);
            if (current.isEmpty()) {
                changes.put(path, "the file is gone or cannot be read");
            } else if (!current.get().equals(hash)) {
                changes.put(path, "the contents changed: " + brief(hash) + " is now " + brief(current.get()));
            }
        });
        return changes;
    }

    private static String brief(String hash) {
        return hash.substring(0, Math.min(12, hash.length()));
    }

    private static Optional<String> hash(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        MessageDigest digest = digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            byte[] buffer = new byte[1 << 16];
            while (in.read(buffer) >= 0) {
                // the digest takes what is read
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.of(HexFormat.of().formatHex(digest.digest()));
    }

    /** A fresh SHA-256. */
    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
