package io.bascule.app.meters;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What somebody wrote, as a figure. */
final class Written {
    private Written() {}

    /** A finite number; empty where it is none. */
    static OptionalDouble number(@Nullable Object written) {
        try {
            double value = Double.parseDouble(String.valueOf(written));
            return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
        } catch (NumberFormatException _) {
            return OptionalDouble.empty();
        }
    }
}
