package io.bascule.core.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the soak under way, or the last one, stands.
 *
 * @param act its id
 * @param begunAt when its weight was observed and judging began
 * @param recent verdict words of the last windows, newest last
 * @param requests of the judged side since {@code begunAt}
 * @param countedTo up to when {@code requests} counts
 * @param noDataSince when windows without data began
 */
public record SoakState(
        String act,
        Instant begunAt,
        List<String> recent,
        long requests,
        Instant countedTo,
        Optional<Instant> noDataSince) {
    private static final int KEPT = 20;

    /**
     * One more window judged.
     *
     * @param moreRequests of the judged side since {@code countedTo}
     * @param to up to when they were counted
     */
    SoakState judged(String verdict, long moreRequests, Instant to, Instant at) {
        List<String> words = new ArrayList<>(recent);
        words.add(verdict);
        if (words.size() > KEPT) {
            words.removeFirst();
        }
        boolean blind = verdict.equals("NO_DATA") || verdict.equals("ERROR");
        Optional<Instant> since = blind ? Optional.of(noDataSince.orElse(at)) : Optional.empty();
        return new SoakState(act, begunAt, List.copyOf(words), requests + moreRequests, to, since);
    }

    /** How many of the last {@code n} windows failed. */
    int failedOfLast(int n) {
        return (int) last(n).stream().filter("FAIL"::equals).count();
    }

    /** Whether the last {@code n} windows exist and are all PASS or FAIL. */
    boolean decided(int n) {
        return recent.size() >= n && last(n).stream().allMatch(word -> word.equals("PASS") || word.equals("FAIL"));
    }

    private List<String> last(int n) {
        return recent.subList(Math.max(0, recent.size() - n), recent.size());
    }
}
