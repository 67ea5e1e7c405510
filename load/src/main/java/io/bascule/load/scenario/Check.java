package io.bascule.load.scenario;

import io.bascule.load.LoadResponse;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a response must satisfy. A response that does not is a failed request. */
public sealed interface Check {

    /** One of these statuses. With it any of them is a success, also 404 or 302. */
    record Status(List<Integer> oneOf) implements Check {
        public Status {
            oneOf = List.copyOf(oneOf);
        }
    }

    /** The header is there, and this is found in it. */
    record Header(String name, Pattern pattern) implements Check {}

    /** The text stands in the body (its first 64 KiB). */
    record Contains(String text) implements Check {}

    /** The text does not: error pages often come with status 200. */
    record Lacks(String text) implements Check {}

    /** The pattern is found in the body (its first 64 KiB). */
    record Matches(Pattern pattern) implements Check {}

    /** The body is JSON, and there is this value; an empty one: any. Bodies beyond 64 KiB fail. */
    record Json(JsonPointer pointer, Optional<String> value) implements Check {}

    /** The body is of that size or more, in bytes. */
    record AtLeast(long bytes) implements Check {}

    /** Whether the response satisfies it. */
    default boolean holds(LoadResponse response, Body body) {
        return switch (this) {
            case Status(List<Integer> oneOf) -> oneOf.contains(Objects.requireNonNullElse(response.status(), 0));
            case Header(String name, Pattern pattern) -> {
                String value = response.headers().first(name);
                yield value != null && pattern.matcher(value).find();
            }
            case Contains(String text) -> body.text().contains(text);
            case Lacks(String text) -> !body.text().contains(text);
            case Matches(Pattern pattern) -> pattern.matcher(body.text()).find();
            case Json(JsonPointer pointer, Optional<String> value) -> {
                Optional<String> found = body.json().flatMap(pointer::text);
                yield found.isPresent() && (value.isEmpty() || value.equals(found));
            }
            case AtLeast(long bytes) -> response.bodyBytes() >= bytes;
        };
    }
}
