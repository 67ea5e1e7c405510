package io.bascule.embedded.frontdoor;

import io.bascule.core.json.Json;
import io.bascule.embedded.files.AtomicFile;
import io.bascule.embedded.http.HttpAsk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a restarted door must still know, in one small file that is replaced as a whole and forced to disk. */
final class StateFile {
    private final Path file;

    StateFile(Path file) {
        this.file = file;
    }

    /** @param tokens of changes already made, eldest first */
    record Kept(long revision, TrafficRule traffic, WritesRule writes, Optional<ClaimMark> claim, List<String> tokens) {
        static final Kept NOTHING = new Kept(1, TrafficRule.ALL_SOURCE, WritesRule.OPEN, Optional.empty(), List.of());
    }

    /** @throws IOException when the file is there and cannot be understood: a door must not guess its weights */
    Kept load() throws IOException {
        if (!Files.exists(file)) {
            return Kept.NOTHING;
        }
        try {
            return read(HttpAsk.object(Files.readString(file)));
        } catch (IllegalArgumentException | io.bascule.core.json.JsonException e) {
            throw new IOException(file + " is no state of a front door: " + e.getMessage(), e);
        }
    }

    private static Kept read(Map<String, @Nullable Object> json) {
        List<String> tokens = new ArrayList<>();
        if (json.get("tokens") instanceof List<?> list) {
            list.forEach(token -> tokens.add(String.valueOf(token)));
        }
        Optional<ClaimMark> claim = json.get("claim") == null
                ? Optional.empty()
                : Optional.of(ClaimMark.parse(Texts.fields(json, "claim")));
        return new Kept(
                Texts.number(json, "revision", 1),
                TrafficRule.parse(Texts.fields(json, "traffic")),
                WritesRule.parse(Texts.fields(json, "writes")),
                claim,
                tokens);
    }

    void save(Kept kept) throws IOException {
        SortedMap<String, @Nullable Object> json = new TreeMap<>();
        json.put("revision", kept.revision());
        json.put("traffic", kept.traffic().image());
        json.put("writes", kept.writes().image());
        json.put("claim", kept.claim().map(ClaimMark::image).orElse(null));
        json.put("tokens", kept.tokens());
        AtomicFile.replace(file, (Json.write(json) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
