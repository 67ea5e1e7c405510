package io.bascule.app;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogManager;

/**
 * What libraries log goes to standard error, from {@code SEVERE} on; {@code BASCULE_LOG=INFO} shows more. Made by the JDK when
 * something logs for the first time: most commands log nothing, and reading the JDK's own settings is a tenth of a short one.
 */
public final class LogSettings {
    private static final String VARIABLE = "BASCULE_LOG";

    /** Made by {@link LogManager}, by the name that {@link #announce} leaves. */
    public LogSettings() throws IOException {
        String level = level().getName();
        String settings = """
                handlers=java.util.logging.ConsoleHandler
                .level=%s
                java.util.logging.ConsoleHandler.level=%s
                """.formatted(level, level);
        LogManager.getLogManager()
                .readConfiguration(new ByteArrayInputStream(settings.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** @throws UserMistake where the variable names no level */
    static void announce() {
        if (System.getenv(VARIABLE) != null) {
            Level _ = level();
        }
        System.setProperty("java.util.logging.config.class", LogSettings.class.getName());
    }

    private static Level level() {
        String wanted = System.getenv(VARIABLE);
        try {
            return wanted == null ? Level.SEVERE : Level.parse(wanted);
        } catch (IllegalArgumentException e) {
            throw new UserMistake(VARIABLE + " takes SEVERE, WARNING, INFO, FINE or ALL, not '" + wanted + "'");
        }
    }
}
