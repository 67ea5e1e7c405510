package io.bascule.embedded.shop;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Properties;

/**
 * What {@code app.properties} says: {@code database=PATH}; under a lease also {@code database.until=ISO-8601} and
 * {@code database.else=PATH}, the database to fall back to at that instant.
 */
record ShopSettings(String database, Optional<Lease> lease) {
    record Lease(Instant until, String otherwise) {}

    /** @throws IOException when it cannot be read or understood: then what held before goes on holding */
    static ShopSettings read(Path file) throws IOException {
        Properties properties = new Properties();
        try (StringReader text = new StringReader(Files.readString(file, StandardCharsets.UTF_8))) {
            properties.load(text);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        String database = properties.getProperty("database", "");
        String until = properties.getProperty("database.until", "");
        String otherwise = properties.getProperty("database.else", "");
        if (database.isBlank() || until.isBlank() != otherwise.isBlank()) {
            throw new IOException(file + ": database is missing, or its lease is only half there");
        }
        try {
            return new ShopSettings(
                    database,
                    until.isBlank() ? Optional.empty() : Optional.of(new Lease(Instant.parse(until), otherwise)));
        } catch (DateTimeParseException e) {
            throw new IOException(file + ": database.until is no instant: " + until, e);
        }
    }

    boolean isOver(Instant now) {
        return lease.isPresent() && !now.isBefore(lease.get().until());
    }
}
