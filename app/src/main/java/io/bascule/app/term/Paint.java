package io.bascule.app.term;

/** Colours, where they are wanted. Every state is a word and a shape as well. */
public record Paint(boolean on) {
    /** @param wish {@code auto}, {@code always} or {@code never}; {@code NO_COLOR} turns auto off */
    public static Paint of(String wish, Mode mode) {
        boolean auto = mode == Mode.TTY && System.getenv("NO_COLOR") == null;
        return new Paint(wish.equals("always") || (wish.equals("auto") && auto));
    }

    public String ok(String text) {
        return code("32", text);
    }

    public String warn(String text) {
        return code("33", text);
    }

    public String bad(String text) {
        return code("1;31", text);
    }

    public String dim(String text) {
        return code("2", text);
    }

    public String bold(String text) {
        return code("1", text);
    }

    public String target(String text) {
        return code("34", text);
    }

    private String code(String code, String text) {
        return on ? "\033[" + code + "m" + text + "\033[0m" : text;
    }
}
