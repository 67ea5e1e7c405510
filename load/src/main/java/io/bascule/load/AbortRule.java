package io.bascule.load;

import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;

/**
 * When a run ends early because its target is failing: more load would only hurt it, and prove nothing.
 *
 * @param failedShare the share of failed requests, 0 to 1; 1 or more: never
 * @param seconds over so many seconds on end, at least 1
 */
public record AbortRule(double failedShare, int seconds) {

    /** Goes on whatever happens. */
    public static final AbortRule NEVER = new AbortRule(1, 1);

    /** More than half over 5 s. */
    public static final AbortRule HALF = new AbortRule(0.5, 5);

    /** One-sided 97.5 %: a few unlucky requests end no run. */
    private static final double Z = 1.96;

    /** Throws {@link IllegalArgumentException} for bounds that mean nothing. */
    public AbortRule {
        if (!(failedShare >= 0) || seconds < 1 || seconds > 3_600) {
            throw new IllegalArgumentException("no rule: " + failedShare + " over " + seconds + " s");
        }
    }

    /** Watches a run's complete seconds, told in order. For one thread at a time. */
    Watch watch() {
        return new Watch();
    }

    /** The seconds looked at so far. */
    final class Watch {
        private final ArrayDeque<long[]> last = new ArrayDeque<>();

        /** One more second; answers why to abort, if so. */
        Optional<String> heard(long requests, long failed) {
            last.add(new long[] {requests, failed});
            if (last.size() > seconds) {
                last.removeFirst();
            }
            long sum = last.stream().mapToLong(each -> each[0]).sum();
            long bad = last.stream().mapToLong(each -> each[1]).sum();
            if (failedShare >= 1 || last.size() < seconds || sum == 0 || !(lowerBound(bad, sum) > failedShare)) {
                return Optional.empty();
            }
            return Optional.of(String.format(
                    Locale.ROOT,
                    "%d of %d requests failed within %d s, more than %.0f %%",
                    bad,
                    sum,
                    seconds,
                    100 * failedShare));
        }
    }

    /** The lower end of Wilson's interval for a share. */
    static double lowerBound(long part, long whole) {
        double share = part / (double) whole;
        double z2 = Z * Z;
        double centre = share + z2 / (2 * whole);
        double half = Z * Math.sqrt(share * (1 - share) / whole + z2 / (4.0 * whole * whole));
        return (centre - half) / (1 + z2 / whole);
    }
}
