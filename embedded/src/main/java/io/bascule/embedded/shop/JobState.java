package io.bascule.embedded.shop;

import io.bascule.core.json.Json;
import io.bascule.core.json.JsonException;
import io.bascule.embedded.files.AtomicFile;
import io.bascule.embedded.http.HttpAsk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether a job runs: {@code state=running | paused}; under a lease also {@code until} and {@code else}, texts as they
 * were given.
 */
record JobState(SortedMap<String, String> fields) {
    JobState {
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        for (String key : new String[] {"state", "else"}) {
            String value = fields.getOrDefault(key, "running");
            if (!value.equals("running") && !value.equals("paused")) {
                throw new IllegalArgumentException(key + " is running or paused: " + value);
            }
        }
        if (fields.containsKey("until") != fields.containsKey("else")) {
            throw new IllegalArgumentException("a lease is until and else");
        }
        if (fields.containsKey("until")) {
            Instant.parse(fields.getOrDefault("until", ""));
        }
    }

    static JobState of(boolean running) {
        return new JobState(new TreeMap<>(Map.of("state", running ? "running" : "paused")));
    }

    boolean isRunning() {
        return "running".equals(fields.get("state"));
    }

    /** What holds at an instant: itself, or what its lease has fallen back to. */
    JobState at(Instant now) {
        String until = fields.get("until");
        return until == null || now.isBefore(Instant.parse(until)) ? this : of("running".equals(fields.get("else")));
    }

    /** @throws IOException when the file is there and cannot be understood */
    static JobState load(Path file, JobState otherwise) throws IOException {
        if (!Files.exists(file)) {
            return otherwise;
        }
        try {
            TreeMap<String, String> fields = new TreeMap<>();
            HttpAsk.object(Files.readString(file)).forEach((key, value) -> fields.put(key, String.valueOf(value)));
            return new JobState(fields);
        } catch (JsonException | IllegalArgumentException e) {
            throw new IOException(file + " is no state of a job", e);
        }
    }

    void save(Path file) throws IOException {
        Map<String, @Nullable Object> json = new TreeMap<>(fields);
        AtomicFile.replace(file, (Json.write(json) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
