package io.bascule.embedded.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;

/** A bearer token. Its text never appears in {@link #toString}, and it is compared in constant time. */
public final class Secret {
    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    public static Secret of(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a token must not be empty");
        }
        return new Secret(text.strip());
    }

    /**
     * From a reference as plans have it: {@code file:PATH} (relative to {@code base}) or {@code env:NAME}.
     *
     * @throws IOException when it is not there or empty; the message names the reference only
     */
    public static Secret resolve(String reference, Path base, Map<String, String> environment) throws IOException {
        String found = switch (reference) {
            case String file when file.startsWith("file:") -> read(base.resolve(file.substring("file:".length())));
            case String name
            when name.startsWith("env:") -> environment.getOrDefault(name.substring("env:".length()), "");
            default -> throw new IOException("a token is file:PATH or env:NAME");
        };
        if (found.isBlank()) {
            throw new IOException("no token at " + reference);
        }
        return of(found);
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file, e);
        }
    }

    /** The value of an {@code Authorization} header. */
    public String bearer() {
        return "Bearer " + text;
    }

    /** Whether an {@code Authorization} header carries this token; takes as long for any answer. */
    public boolean accepts(String authorization) {
        return MessageDigest.isEqual(
                bearer().getBytes(StandardCharsets.UTF_8), authorization.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
