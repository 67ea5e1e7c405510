package io.bascule.load.scenario;

import io.bascule.load.LoadResponse;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A value taken from a response for the requests that follow. A response without it is a failed request. */
public sealed interface Extract {

    /** The name under which the value is known. */
    String name();

    /** From a JSON body. */
    record FromJson(String name, JsonPointer pointer) implements Extract {}

    /** From a header: the pattern's first group, or all that it matches. */
    record FromHeader(String name, String header, Pattern pattern) implements Extract {}

    /** From the body: the pattern's first group, or all that it matches. */
    record FromBody(String name, Pattern pattern) implements Extract {}

    /** The value; empty where the response has none. */
    default Optional<String> take(LoadResponse response, Body body) {
        return switch (this) {
            case FromJson(var _, JsonPointer pointer) -> body.json().flatMap(pointer::text);
            case FromHeader(var _, String header, Pattern pattern) ->
                found(pattern, response.headers().first(header));
            case FromBody(var _, Pattern pattern) -> found(pattern, body.text());
        };
    }

    private static Optional<String> found(Pattern pattern, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        return Optional.ofNullable(matcher.group(matcher.groupCount() > 0 ? 1 : 0));
    }
}
