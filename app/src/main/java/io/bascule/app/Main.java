package io.bascule.app;

import io.bascule.app.command.Bascule;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Where everything begins. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        quietLogs();
        System.exit(Bascule.execute(arguments));
    }

    /** Libraries log warnings to standard error; {@code BASCULE_LOG=INFO} shows more. */
    private static void quietLogs() {
        String wanted = System.getenv("BASCULE_LOG");
        Level level = wanted == null ? Level.SEVERE : Level.parse(wanted);
        Logger root = LogManager.getLogManager().getLogger("");
        root.setLevel(level);
        for (var handler : root.getHandlers()) {
            handler.setLevel(level);
        }
    }
}
