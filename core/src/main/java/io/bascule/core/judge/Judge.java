package io.bascule.core.judge;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.JudgementRule;
import io.bascule.core.plan.Limit;
import io.bascule.core.plan.Metric;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Sample;
import io.bascule.core.port.Verdict;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;

/**
 * Judges one window of one side. Bounds are inclusive. A comparison is made with the other side in the same window,
 * or with the baseline where the caller says so or the other side has too few requests; the verdict names which. Where
 * the other side's source of metrics is dead, nothing is compared. A
 * side that holds its comparison only because both sides have got worse than the baseline does not pass.
 */
public final class Judge {
    private static final Sample NONE = new Sample.Absent(0);

    private final CutoverPlan plan;
    private final JudgementRule rule;
    private final Samples samples;
    private final Map<String, Double> baseline;
    private final Side judged;
    private final boolean againstBaseline;
    private final long fewest;

    private Judge(
            CutoverPlan plan,
            Samples samples,
            Map<String, Double> baseline,
            Side judged,
            boolean againstBaseline,
            long fewest) {
        this.plan = plan;
        this.rule = plan.judgement();
        this.samples = samples;
        this.baseline = baseline;
        this.judged = judged;
        this.againstBaseline = againstBaseline;
        this.fewest = fewest;
    }

    /**
     * The verdict of one window.
     *
     * @param fewest requests of the other side in a window below which it is compared with the baseline instead
     */
    public static Verdict window(
            CutoverPlan plan,
            Samples samples,
            Map<String, Double> baseline,
            Side judged,
            boolean againstBaseline,
            long fewest) {
        return new Judge(plan, samples, baseline, judged, againstBaseline, fewest).verdict();
    }

    /** The worst answer wins; among passes, the last one's reason is told. */
    private Verdict verdict() {
        Verdict worst = new Verdict.Pass("nothing to judge");
        for (Limit limit : rule.limits()) {
            worst = worse(worst, judge(limit));
        }
        for (Limit limit : rule.againstSource()) {
            worst = worse(worst, judge(limit));
        }
        return worst;
    }

    private Verdict judge(Limit limit) {
        Metric metric = plan.metric(limit.metric());
        Optional<Double> value = samples.value(metric, judged);
        if (value.isEmpty()) {
            return missing(metric);
        }
        if (limit.isAbsolute()) {
            return against(limit, value.get(), 0, "");
        }
        Side beside = judged.other();
        if (!againstBaseline && samples.get(metric.name(), beside).orElse(NONE) instanceof Sample.Failed failed) {
            return new Verdict.NoData(metric.name() + " at " + beside.word() + ": " + failed.why());
        }
        Optional<Double> other = otherSide(metric);
        Optional<Double> before = Optional.ofNullable(baseline.get(metric.name()));
        if (other.isEmpty()) {
            return before.map(b -> against(limit, value.get(), b, "the baseline"))
                    .orElseGet(() -> new Verdict.NoData(metric.name() + ": neither the other side nor a baseline"));
        }
        Verdict verdict =
                against(limit, value.get(), other.get(), judged.other().word());
        boolean bothWorse = verdict.passed() && before.isPresent() && !limit.holds(other.get(), before.get());
        return bothWorse
                ? new Verdict.Inconclusive(metric.name() + ": both sides are worse than the baseline, "
                        + text(value.get()) + " and " + text(other.get()) + " against " + text(before.get()))
                : verdict;
    }

    private Optional<Double> otherSide(Metric metric) {
        if (againstBaseline) {
            return Optional.empty();
        }
        return switch (samples.get(metric.name(), judged.other()).orElse(NONE)) {
            case Sample.Value value when value.requests() >= fewest -> Optional.of(value.value());
            case Sample.Value _, Sample.Failed _ -> Optional.empty();
            case Sample.Absent _ -> samples.value(metric, judged.other());
        };
    }

    /** No answer is no data; an answer without requests is inconclusive, for there was nothing to see. */
    private Verdict missing(Metric metric) {
        return switch (samples.get(metric.name(), judged).orElse(new Sample.Failed("not asked"))) {
            case Sample.Failed failed ->
                new Verdict.NoData(metric.name() + " at " + judged.word() + ": " + failed.why());
            case Sample.Absent absent
            when metric.zeroWhenRequests().isPresent() || absent.requests() == 0 ->
                new Verdict.Inconclusive(
                        metric.name() + " at " + judged.word() + ": only " + absent.requests() + " requests");
            case Sample.Absent _, Sample.Value _ ->
                new Verdict.NoData(metric.name() + " at " + judged.word() + ": no series");
        };
    }

    private Verdict against(Limit limit, double value, double other, String whose) {
        String bound = limit.isAbsolute()
                ? limit.text()
                : limit.text() + " (" + text(limit.bound(other)) + " by " + whose + ")";
        String reason = judged.word() + " " + limit.metric() + " " + text(value) + ", bound " + bound;
        return limit.holds(value, other) ? new Verdict.Pass(reason) : new Verdict.Fail(reason);
    }

    private static Verdict worse(Verdict a, Verdict b) {
        return rank(b) >= rank(a) ? b : a;
    }

    private static int rank(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Pass _ -> 0;
            case Verdict.Inconclusive _ -> 1;
            case Verdict.NoData _ -> 2;
            case Verdict.Errored _ -> 3;
            case Verdict.Fail _ -> 4;
        };
    }

    /** At most four significant digits after the point, for people. */
    static String text(double value) {
        return BigDecimal.valueOf(value)
                .setScale(4, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
