package io.bascule.app.term;

import java.io.Console;
import java.util.Optional;

/** The person at the terminal, if there is one. */
public final class Terminal {
    private Terminal() {}

    /** Empty when input or output is not a terminal. */
    @SuppressWarnings("SystemConsoleNull") // it may still be null when a launcher switches consoles off
    public static Optional<Console> console() {
        Console console = System.console();
        return console != null && console.isTerminal() ? Optional.of(console) : Optional.empty();
    }
}
