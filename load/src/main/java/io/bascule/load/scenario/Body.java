package io.bascule.load.scenario;

import io.bascule.core.json.Json;
import io.bascule.core.json.JsonException;
import io.bascule.load.LoadResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A response's body, read once however many checks look at it. */
final class Body {

    private final LoadResponse response;
    private @Nullable String text;
    private @Nullable Object json;
    private boolean parsed;

    Body(LoadResponse response) {
        this.response = response;
    }

    String text() {
        if (text == null) {
            text = response.bodyText();
        }
        return text;
    }

    /** Its JSON; empty if it is something else, or null. */
    Optional<Object> json() {
        if (!parsed) {
            json = parse();
            parsed = true;
        }
        return Optional.ofNullable(json);
    }

    private @Nullable Object parse() {
        try {
            return Json.parse(text());
        } catch (JsonException e) {
            return null;
        }
    }
}
