package io.bascule.core.json;

/** The text is not JSON, or not of the expected form. The message says where. */
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JsonException(String message) {
        super(message);
    }
}
