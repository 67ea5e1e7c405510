package io.bascule.core.performance;

import io.bascule.core.performance.Objective.Pair;
import java.util.List;

/**
 * How fast a run used up its error budget. Before the run nothing counts as failed, so that a single failure in its first
 * second is no fire.
 *
 * @param fastest the highest rate that held over a long and, at its end, a short stretch, in times the budget
 * @param at second of the run at whose end that was
 * @param whole whether at least one long stretch was whole and had enough requests at its end
 */
record BurnRates(double fastest, double at, boolean whole) {
    static BurnRates of(List<Slice> slices, Pair pair, double budget, long fewestRequests) {
        double fastest = 0;
        double at = 0;
        boolean whole = false;
        double began = slices.getFirst().at();
        for (int end = 0; end < slices.size(); end++) {
            double now = slices.get(end).at() + slices.get(end).seconds();
            Sum shorter = Sum.of(slices, end, now - seconds(pair.shorter()));
            if (shorter.requests < fewestRequests) {
                continue;
            }
            Sum longer = Sum.of(slices, end, now - seconds(pair.longer()));
            whole |= now - began >= seconds(pair.longer()) * (1 - 1e-9);
            double seen = Math.min(1, (now - began) / seconds(pair.longer()));
            double rate = Math.min(longer.share() * seen, shorter.share()) / budget;
            if (rate > fastest) {
                fastest = rate;
                at = now;
            }
        }
        return new BurnRates(fastest, at, whole);
    }

    private static double seconds(java.time.Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /** Requests and failures of the slices from a second on up to one of them. */
    private record Sum(long requests, long failed) {
        static Sum of(List<Slice> slices, int end, double from) {
            long requests = 0;
            long failed = 0;
            for (int i = end; i >= 0 && slices.get(i).at() >= from - 1e-9; i--) {
                requests += slices.get(i).requests();
                failed += slices.get(i).failed();
            }
            return new Sum(requests, failed);
        }

        double share() {
            return requests == 0 ? 0 : failed / (double) requests;
        }
    }
}
