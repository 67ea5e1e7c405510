package io.bascule.app;

import io.bascule.app.command.Bascule;

/** Where everything begins. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String... arguments) {
        try {
            LogSettings.announce();
        } catch (UserMistake mistake) {
            System.err.println("bascule: " + mistake.getMessage());
            return mistake.exitCode();
        }
        return Bascule.execute(arguments);
    }
}
