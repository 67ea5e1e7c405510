package io.bascule.core.performance;

import io.bascule.core.port.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that was asked of a run in one verdict, one score and one word. The word follows from the verdict first and
 * the score second, so that the three never say different things.
 *
 * @param verdict the worst of the comparison's and the objectives'
 * @param words "Excellent performance", "Good performance", "Performance concerns" or "Not decided"
 * @param reasons why the verdict is what it is: one sentence each, the gravest first
 */
public record Assessment(
        Measured run,
        Optional<Comparison> comparison,
        List<Held> objectives,
        Verdict verdict,
        Score score,
        String words,
        List<String> reasons) {
    /** The score from which on a passed run is called excellent: a proved gain of one margin throughout. */
    private static final double EXCELLENT = 80;

    public Assessment {
        objectives = List.copyOf(objectives);
        reasons = List.copyOf(reasons);
    }

    public static Assessment of(Measured run, Optional<Comparison> comparison, List<Held> objectives) {
        List<Verdict> verdicts = new ArrayList<>();
        comparison.ifPresent(c -> {
            verdicts.add(c.verdict());
            c.rows().stream().filter(Row::decides).map(Row::verdict).forEach(verdicts::add);
        });
        objectives.stream().map(Held::verdict).forEach(verdicts::add);
        Verdict worst =
                verdicts.stream().reduce(Verdicts::worse).orElse(new Verdict.NoData("nothing was asked of the run"));
        Score score = comparison.map(c -> Score.of(c.rows(), worst)).orElse(new Score(Optional.empty(), 0));
        Verdict whole = uncovered(comparison, score, worst);
        return new Assessment(run, comparison, objectives, whole, score, words(whole, score), reasons(verdicts, whole));
    }

    /** A comparison of a few figures out of many decides nothing, though none of them is worse. */
    private static Verdict uncovered(Optional<Comparison> comparison, Score score, Verdict worst) {
        boolean few = comparison.isPresent() && score.value().isEmpty();
        return worst.passed() && few
                ? new Verdict.Inconclusive(String.format(
                        java.util.Locale.ROOT,
                        "only %.0f %% of what counts could be compared, %.0f %% are needed",
                        score.covered(),
                        Score.COVERED))
                : worst;
    }

    private static String words(Verdict verdict, Score score) {
        return switch (verdict) {
            case Verdict.Pass _ ->
                score.value().orElse(0.0) >= EXCELLENT ? "Excellent performance" : "Good performance";
            case Verdict.Fail _ -> "Performance concerns";
            case Verdict.Inconclusive _, Verdict.NoData _, Verdict.Errored _ -> "Not decided";
        };
    }

    private static List<String> reasons(List<Verdict> verdicts, Verdict whole) {
        List<String> reasons = new ArrayList<>();
        for (int rank = 4; rank > 0; rank--) {
            for (Verdict verdict : verdicts) {
                if (Verdicts.rank(verdict) == rank && !reasons.contains(verdict.reason())) {
                    reasons.add(verdict.reason());
                }
            }
        }
        if (reasons.isEmpty()) {
            reasons.add(whole.reason());
        }
        return reasons;
    }

    /** Whether every objective was measured and kept; empty when there are none. */
    public Optional<Boolean> compliant() {
        return objectives.isEmpty()
                ? Optional.empty()
                : Optional.of(objectives.stream().allMatch(Held::compliant));
    }
}
