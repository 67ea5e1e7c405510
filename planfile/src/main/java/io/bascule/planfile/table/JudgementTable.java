package io.bascule.planfile.table;

import io.bascule.core.plan.JudgementRule;
import io.bascule.core.plan.JudgementRule.NoDataPolicy;
import io.bascule.core.plan.Metric;
import io.bascule.planfile.keys.Context;
import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.ListType;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.Types;
import io.bascule.planfile.keys.Values;
import io.bascule.planfile.problem.Code;
import io.bascule.planfile.table.Bounds.Bound;
import io.bascule.planfile.table.Phrases.Votes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** {@code metrics} and {@code judgement}: what is measured, and how a soak is judged. */
final class JudgementTable {
    private static final Key<String> FROM = Key.of(
                    "from", Types.NAME, "The entrance at which it is measured, on each side.")
            .required();
    private static final Key<Metric.Rate> RATE =
            Key.of("rate", Phrases.RATE_OF, "A share of two counters; its bounds are percentages.");
    private static final Key<Double> PERCENTILE =
            Key.of("percentile", Types.number(0, 100, "95"), "A percentile of response times; its bounds are times.");
    private static final Key<String> GAUGE =
            Key.of("gauge", Types.TEXT, "A series as the source has it; its bounds are plain numbers.");
    private static final Key<Long> ABSENT = Key.of(
                    "absent",
                    Phrases.ZERO_WHEN,
                    "What absence of the series means: zero, once the side had so many requests in the window.")
            .orElseSaid("absence is no data and never passes");
    static final Section METRIC =
            Section.of("a metric", FROM, RATE, PERCENTILE, GAUGE, ABSENT).exactlyOne("rate", "percentile", "gauge");

    private static final Key<Duration> EVERY =
            Key.of("every", Types.DURATION, "How often a window is judged.").orElse("10s");
    private static final Key<Duration> OVER =
            Key.of("over", Types.DURATION, "How long a window is.").orElse("1m");
    private static final Key<Votes> FAIL_WHEN = Key.of(
                    "fail-when", Phrases.VOTES, "A stage fails when K of its last N windows failed.")
            .orElse("2 of 3");
    private static final Key<Long> MIN_REQUESTS = Key.of(
                    "min-requests",
                    Phrases.PER_STAGE,
                    "Requests of the judged side that a stage needs before it can pass.")
            .orElse("300 per stage");
    private static final Key<Double> SHARE = Key.of(
                    "share",
                    Phrases.POINTS,
                    "How far the observed share may lie from the weight; outside, a stage is not judged.")
            .orElse("within 5 points");
    private static final Key<Duration> AFTER = Key.of(
                    "after", Types.DURATION, "How long missing data holds the run first.")
            .orElse("5m");
    private static final Key<NoDataPolicy> THEN =
            Key.of("then", Phrases.NO_DATA_THEN, "What happens after that.").orElse("hold");
    private static final Key<Values> NO_DATA = Key.of(
                    "no-data",
                    Section.of("what missing data means", AFTER, THEN),
                    "What happens when a metric has no data.")
            .orElse("{ after: 5m, then: hold }");
    private static final Key<List<Bound>> LIMITS =
            Key.of("limits", ListType.of(Bounds.TYPE), "Absolute bounds on the side that carries the traffic.");
    private static final Key<List<Bound>> AGAINST_SOURCE = Key.of(
            "against-source",
            ListType.of(Bounds.TYPE),
            "Bounds relative to the source in the same window, or to the baseline where both sides share what changed.");
    static final Section RULE =
            Section.of("a judgement", EVERY, OVER, FAIL_WHEN, MIN_REQUESTS, SHARE, NO_DATA, LIMITS, AGAINST_SOURCE);

    private JudgementTable() {}

    static Metric metric(String name, Values values) {
        OptionalLong zeroWhen = values.find(ABSENT).map(OptionalLong::of).orElse(OptionalLong.empty());
        return new Metric(name, values.get(FROM), kind(values), zeroWhen);
    }

    private static Metric.Kind kind(Values values) {
        if (values.written(PERCENTILE).isPresent()) {
            return new Metric.Percentile(values.get(PERCENTILE));
        }
        return values.written(GAUGE).isPresent() ? new Metric.Gauge(values.get(GAUGE)) : values.get(RATE);
    }

    static JudgementRule rule(Values values, Map<String, Metric> metrics, Context context) {
        Values noData = values.get(NO_DATA);
        Votes votes = values.get(FAIL_WHEN);
        tellZero(values, EVERY, context);
        tellZero(values, OVER, context);
        return new JudgementRule(
                values.get(EVERY),
                values.get(OVER),
                votes.failures(),
                votes.windows(),
                values.get(MIN_REQUESTS),
                values.get(SHARE),
                noData.get(AFTER),
                noData.get(THEN),
                Objectives.limits(values, LIMITS, Objectives.Allowed.ABSOLUTE, metrics, context),
                Objectives.limits(values, AGAINST_SOURCE, Objectives.Allowed.RELATIVE, metrics, context));
    }

    private static void tellZero(Values values, Key<Duration> key, Context context) {
        if (values.written(key).filter(Duration::isZero).isPresent()) {
            context.key(key.name())
                    .problem(Code.DURATION, values.at(key), "expected a duration above 0, found 0", "write it as 10s");
        }
    }
}
