package io.bascule.planfile.keys;

import io.bascule.planfile.problem.Code;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A text that its type cannot read: from which character on, and what was expected there. */
public final class WrongText extends Exception {
    private static final long serialVersionUID = 1L;
    private final int offset;
    private final @Nullable String message;
    private final @Nullable String hint;
    private final @Nullable Code code;

    private WrongText(int offset, @Nullable String message, @Nullable String hint, @Nullable Code code) {
        super(message, null, false, false);
        this.offset = offset;
        this.message = message;
        this.hint = hint;
        this.code = code;
    }

    /** The text as a whole is not of the type. */
    public static WrongText whole() {
        return new WrongText(0, null, null, null);
    }

    /** A sentence of its own in place of "expected …, found …". */
    public static WrongText because(String message) {
        return new WrongText(0, message, null, null);
    }

    public static WrongText at(int offset, String message) {
        return new WrongText(offset, message, null, null);
    }

    public WrongText withHint(String better) {
        return new WrongText(offset, message, better, code);
    }

    public WrongText withCode(Code better) {
        return new WrongText(offset, message, hint, better);
    }

    int offset() {
        return offset;
    }

    Optional<Code> code() {
        return Optional.ofNullable(code);
    }

    Optional<String> hint() {
        return Optional.ofNullable(hint);
    }

    String expected(String word, String found) {
        return message == null ? "expected " + word + ", found " + found : message;
    }
}
