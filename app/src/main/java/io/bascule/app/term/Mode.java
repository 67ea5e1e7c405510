package io.bascule.app.term;

import java.util.Locale;

/** How a command talks: {@code auto} is {@code tty} in a terminal and {@code plain} elsewhere or under CI. */
public enum Mode {
    AUTO,
    TTY,
    PLAIN,
    JSON,
    QUIET;

    /** What {@code auto} means here and now. */
    public Mode resolved() {
        if (this != AUTO) {
            return this;
        }
        boolean terminal = Terminal.console().isPresent();
        boolean ci = System.getenv("CI") != null || "dumb".equals(System.getenv("TERM"));
        return terminal && !ci ? TTY : PLAIN;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
