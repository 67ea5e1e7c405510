package io.bascule.load.scenario;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * One request of a scenario.
 *
 * @param name what results are told apart by
 * @param path values in it are percent-encoded
 * @param body empty for none
 * @param thinkLeast the shortest time until the request after it
 * @param thinkMost the longest; equal for a fixed one
 */
public record Step(
        String name,
        String method,
        Template path,
        SequencedMap<String, Template> headers,
        Template body,
        List<Check> checks,
        List<Extract> extracts,
        Duration thinkLeast,
        Duration thinkMost) {

    /** Copies what it is given. */
    public Step {
        headers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(headers));
        checks = List.copyOf(checks);
        extracts = List.copyOf(extracts);
    }

    /** A plain request that is called by its method and path. */
    public static Step plain(String method, String path) {
        return new Step(
                method + " " + path,
                method,
                Template.of(path),
                new LinkedHashMap<>(),
                Template.of(""),
                List.of(),
                List.of(),
                Duration.ZERO,
                Duration.ZERO);
    }

    /** Whether the request is the same every time, and nothing of its answer is used. */
    boolean isConstant() {
        return path.isConstant()
                && body.isConstant()
                && extracts.isEmpty()
                && headers.values().stream().allMatch(Template::isConstant);
    }

    /** Whether something of it is filled from this value. */
    boolean needs(String value) {
        return path.needs(value)
                || body.needs(value)
                || headers.values().stream().anyMatch(each -> each.needs(value));
    }

    /** The headers, filled. */
    Map<String, String> headers(Map<String, String> values) {
        if (headers.isEmpty()) {
            return Map.of();
        }
        var filled = new LinkedHashMap<String, String>();
        headers.forEach((name, template) -> filled.put(name, template.fill(values, Visit::headerSafe)));
        return filled;
    }
}
