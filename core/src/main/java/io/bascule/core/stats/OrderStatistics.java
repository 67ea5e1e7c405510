package io.bascule.core.stats;

import java.util.Optional;

/** What the sorted values of a sample say about a percentile, whatever the distribution. Values must be independent. */
public final class OrderStatistics {
    private OrderStatistics() {}

    /** Ranks, counted from 1, between whose values the percentile lies. */
    public record Ranks(long low, long high) {}

    /**
     * The ranks of a two-sided interval of equal tails; empty when there are too few values for one.
     *
     * @param share below the percentile: 0.95
     */
    public static Optional<Ranks> ranks(long values, double share, double confidence) {
        double tail = (1 - confidence) / 2;
        if (values < fewest(share, confidence)) {
            return Optional.empty();
        }
        long low = Binomial.quantile(tail, values, share);
        if (Binomial.atMost(low, values, share) > tail) {
            low--;
        }
        long high = Binomial.quantile(1 - tail, values, share) + 1;
        return Optional.of(new Ranks(Math.max(1, low + 1), Math.min(values, high)));
    }

    /** The fewest values of which a percentile has such an interval: 72 for p95 at 95 %, 368 for p99. */
    public static long fewest(double share, double confidence) {
        double tail = (1 - confidence) / 2;
        double rare = Math.max(share, 1 - share);
        return (long) Math.ceil(Math.log(tail) / Math.log(rare) - 1e-9);
    }

    /** The interval of a distribution's percentile, of so many independent values; empty when they are too few. */
    public static Optional<Interval> interval(Distribution of, double share, double confidence, double independent) {
        long values = (long) Math.floor(Math.min(independent, (double) of.count()));
        double stretch = of.count() / (double) Math.max(1, values);
        return ranks(values, share, confidence)
                .map(ranks -> new Interval(
                        of.atRank(Math.round(Math.max(1, (ranks.low() - 1) * stretch + 1))),
                        of.atRank(Math.round(Math.min((double) of.count(), ranks.high() * stretch))),
                        confidence));
    }
}
