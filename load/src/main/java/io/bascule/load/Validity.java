package io.bascule.load;

import static java.util.Locale.ROOT;

import org.jspecify.annotations.Nullable;

/**
 * Whether the generator did its own part, so that the numbers speak of the target. A run that is invalid proves nothing,
 * neither for the target nor against it.
 */
public sealed interface Validity {

    /** The reason, in words and numbers. */
    String why();

    /** {@code VALID} or {@code INVALID}. */
    String label();

    /** The numbers can be judged. */
    record Valid(String why) implements Validity {
        @Override
        public String label() {
            return "VALID";
        }
    }

    /** The numbers must not be judged. */
    record Invalid(String why) implements Validity {
        @Override
        public String label() {
            return "INVALID";
        }
    }

    /** Lateness at p99 that is always forgiven. */
    double LATENESS_MILLIS = 1;

    /** Lateness at p99.9 that is always forgiven: longer ones are stalls of the generator (garbage collection, no CPU). */
    double STALL_MILLIS = 20;

    /** The share of the response time's p99 that lateness may have. */
    double SHARE_OF_P99 = 0.1;

    /** The share of the offered rate that must have been sent. */
    double SENT_SHARE = 0.99;

    /** The share of requests that may have been cut off by a stop: the slowest are over-represented among them. */
    double ABANDONED_SHARE = 0.01;

    /** Judges a result by the rules above, the first broken one being the reason. */
    static Validity of(LoadResult result) {
        Percentiles lateness = result.lateness().percentiles();
        Percentiles response = result.response().percentiles();
        Double achieved = result.achievedPerSecond();
        if (lateness == null || response == null || achieved == null) {
            return new Invalid("no request completed");
        }
        Double offered = result.offeredPerSecond();
        double sent = offered == null ? 1 : achieved / offered;
        String broken = broken(lateness, response, sent, result);
        if (broken != null) {
            return new Invalid(broken);
        }
        String rate = offered == null
                ? "closed model: nothing was offered, the target set the pace"
                : String.format(ROOT, "%.1f %% of the offered rate sent", 100 * sent);
        return new Valid(String.format(ROOT, "lateness p99 %.2f ms, %s", lateness.p99(), rate));
    }

    private static @Nullable String broken(Percentiles lateness, Percentiles response, double sent, LoadResult result) {
        double share = SHARE_OF_P99 * response.p99();
        if (sent < SENT_SHARE) {
            return String.format(ROOT, "only %.1f %% of the offered rate was sent", 100 * sent);
        }
        if (lateness.p99() > Math.max(LATENESS_MILLIS, share)) {
            return String.format(
                    ROOT, "lateness p99 %.2f ms > %.2f ms", lateness.p99(), Math.max(LATENESS_MILLIS, share));
        }
        if (lateness.p999() > Math.max(STALL_MILLIS, share)) {
            return String.format(
                    ROOT, "stalled: lateness p99.9 %.1f ms > %.1f ms", lateness.p999(), Math.max(STALL_MILLIS, share));
        }
        if (result.abandoned() > ABANDONED_SHARE * (result.requests() + result.abandoned())) {
            return String.format(
                    ROOT, "%d of %d requests were cut off", result.abandoned(), result.requests() + result.abandoned());
        }
        return null;
    }
}
