package io.bascule.core.performance;

import io.bascule.core.performance.Objective.Bound;
import io.bascule.core.performance.Objective.Burn;
import io.bascule.core.performance.Objective.Pair;
import io.bascule.core.port.Verdict;
import io.bascule.core.stats.Interval;
import io.bascule.core.stats.OrderStatistics;
import io.bascule.core.stats.Proportions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Holds a run against objectives. What was not measured is NO_DATA, and NO_DATA is not kept. */
public final class Objectives {
    /** The share of an open load that must have been carried for its throughput to count as the offered one. */
    private static final double CARRIED = 0.99;

    /** The share of it below which even what held is not believed, when the generator was late. */
    private static final double SENT = 0.9;

    /** Requests that a short stretch of a burn needs. */
    private static final long FEWEST_REQUESTS = 20;

    /** The confidence whose minimum of samples a percentile needs. */
    private static final double SAMPLES_FOR = 0.95;

    private final Measured run;

    private Objectives(Measured run) {
        this.run = run;
    }

    /** Every objective with its verdict. */
    public static List<Held> hold(Measured run, List<? extends Objective> objectives) {
        Objectives holder = new Objectives(run);
        return objectives.stream().map(holder::held).toList();
    }

    private Held held(Objective objective) {
        Held held = switch (objective) {
            case Bound bound -> bound(bound);
            case Burn burn -> burn(burn);
        };
        return run.invalid().map(why -> doubted(held, why)).orElse(held);
    }

    /**
     * A late generator adds its lateness to response times and its time-outs to failures. So what holds all the same would
     * hold without it, provided that nearly everything offered was sent; nothing else can be said.
     */
    private Held doubted(Held held, String why) {
        boolean worsened = held.objective() instanceof Bound bound
                && bound.atMost()
                && (bound.measure().isLatency() || bound.measure().name().equals("errors"));
        if (held.verdict() instanceof Verdict.NoData) {
            return held;
        }
        Verdict verdict = held.compliant() && worsened && carriedAll()
                ? new Verdict.Pass(
                        held.verdict().reason() + "; the load generator was not on time, which can only make it worse")
                : new Verdict.Errored(
                        "the load generator's own figures of " + run.name() + " cannot be judged: " + why);
        return new Held(held.objective(), held.observed(), held.margin(), verdict);
    }

    private boolean carriedAll() {
        Double carried = run.figures().get("throughput");
        return carried != null && run.load() instanceof OfferedLoad.Open open && carried >= SENT * open.perSecond();
    }

    private Held bound(Bound bound) {
        Optional<Double> value = run.value(bound.measure());
        if (value.isEmpty()) {
            return new Held(
                    bound,
                    value,
                    Optional.empty(),
                    new Verdict.NoData(bound.measure().name() + " was not measured" + why(bound.measure())));
        }
        double margin = bound.margin(value.get());
        return new Held(bound, value, Optional.of(margin), verdict(bound, value.get()));
    }

    private String why(Measure measure) {
        String why = run.untold().get(measure.name());
        return why == null ? "" : ": " + why;
    }

    private Verdict verdict(Bound bound, double value) {
        if (bound.measure().name().equals("throughput") && !bound.atMost()) {
            return throughput(bound, value);
        }
        OptionalDouble share = bound.measure().percentile();
        long count = run.millis().count();
        if (share.isPresent() && count > 0) {
            long fewest = OrderStatistics.fewest(share.getAsDouble(), SAMPLES_FOR);
            if (count < fewest) {
                return new Verdict.Inconclusive(String.format(
                        Locale.ROOT,
                        "%s of %,d requests is little more than a guess: %,d more are needed",
                        bound.measure().name(),
                        count,
                        fewest - count));
            }
        }
        if (bound.confidence().isPresent()) {
            return confident(bound, value, bound.confidence().getAsDouble());
        }
        String told = told(bound, value);
        return bound.holds(value) ? new Verdict.Pass(told) : new Verdict.Fail(told);
    }

    private static String told(Bound bound, double value) {
        Unit unit = bound.measure().unit();
        return bound.measure().name() + " " + unit.text(value) + ", " + (bound.atMost() ? "at most " : "at least ")
                + unit.text(bound.bound()) + ": margin " + unit.signed(bound.margin(value));
    }

    /** In an open model the arrivals are ours: what counts is what was offered, and that the target carried it. */
    private Verdict throughput(Bound bound, double value) {
        String told = told(bound, value);
        if (bound.holds(value)) {
            return new Verdict.Pass(told);
        }
        return switch (run.load()) {
            case OfferedLoad.Open open
            when bound.holds(open.perSecond()) ->
                value >= CARRIED * open.perSecond()
                        ? new Verdict.Pass(told + "; " + Unit.PER_SECOND.text(open.perSecond())
                                + " were offered and carried, but for the run's first and last requests")
                        : new Verdict.Fail(told + " of " + Unit.PER_SECOND.text(open.perSecond()) + " offered");
            case OfferedLoad.Open open ->
                new Verdict.Inconclusive(told + "; only " + Unit.PER_SECOND.text(open.perSecond())
                        + " were offered, so that no target could have shown more: raise the rate");
            case OfferedLoad.Closed closed -> new Verdict.Inconclusive(told + "; " + little(closed));
            case OfferedLoad.Unsaid _ -> new Verdict.Fail(told);
        };
    }

    /** Little's law: users divided by the time each request takes is all that a closed load can ask. */
    private String little(OfferedLoad.Closed closed) {
        Double average = run.figures().get("average");
        String most = average == null || average <= 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        " at %.0f ms each they cannot ask more than %.1f/s;",
                        average,
                        1000 * closed.users() / average);
        return "in a closed model " + closed.users() + " users wait for answers:" + most
                + " a load with a rate would show what the target carries";
    }

    private Verdict confident(Bound bound, double value, double confidence) {
        Optional<Interval> interval = interval(bound.measure(), confidence);
        if (interval.isEmpty()) {
            return new Verdict.Inconclusive(
                    told(bound, value) + "; no interval can be had of this figure, leave its confidence out");
        }
        Interval found = interval.get();
        double bad = bound.atMost() ? found.high() : found.low();
        double good = bound.atMost() ? found.low() : found.high();
        Unit unit = bound.measure().unit();
        String told = told(bound, value)
                + String.format(Locale.ROOT, "; %.4g %% interval ", confidence * 100)
                + unit.text(found.low()) + " to " + unit.text(found.high());
        if (bound.holds(bad)) {
            return new Verdict.Pass(told);
        }
        return bound.holds(good) ? new Verdict.Inconclusive(told + needed(bound, confidence)) : new Verdict.Fail(told);
    }

    private String needed(Bound bound, double confidence) {
        boolean success = bound.measure().name().equals("success-rate") && !bound.atMost() && bound.bound() < 1;
        if (!success || run.requests().isEmpty()) {
            return "; more requests would tell";
        }
        long trials = Proportions.trialsToProve(bound.bound(), run.failed().orElse(0), 1 - (1 - confidence) / 2);
        long more = trials - run.requests().getAsLong();
        return more <= 0
                ? ""
                : String.format(Locale.ROOT, "; %,d more requests without a failure would prove it", more);
    }

    private Optional<Interval> interval(Measure measure, double confidence) {
        if (measure.isShareOfRequests()
                && run.requests().orElse(0) > 0
                && run.failed().isPresent()) {
            Interval failures =
                    Proportions.exact(run.failed().getAsLong(), run.requests().getAsLong(), confidence);
            return Optional.of(
                    measure.name().equals("errors")
                            ? failures
                            : new Interval(1 - failures.high(), 1 - failures.low(), confidence));
        }
        return measure.percentile().isPresent() && !run.millis().isEmpty()
                ? OrderStatistics.interval(run.millis(), measure.percentile().getAsDouble(), confidence, (double)
                        run.millis().count())
                : Optional.empty();
    }

    private Held burn(Burn burn) {
        List<Slice> slices = run.slices();
        if (slices.isEmpty()) {
            return new Held(
                    burn,
                    Optional.empty(),
                    Optional.empty(),
                    new Verdict.NoData("a burn rate needs a run's seconds, and there are none"));
        }
        Verdict worst = new Verdict.Pass("the budget of "
                + String.format(Locale.ROOT, "%.4g %% was never used up too fast", burn.budget() * 100));
        double fastest = 0;
        double margin = Double.POSITIVE_INFINITY;
        for (Pair pair : burn.pairs()) {
            BurnRates rates = BurnRates.of(slices, pair, burn.budget(), FEWEST_REQUESTS);
            worst = Verdicts.worse(worst, verdict(rates, pair));
            fastest = Math.max(fastest, rates.fastest());
            margin = Math.min(margin, pair.factor() - rates.fastest());
        }
        return new Held(burn, Optional.of(fastest), Optional.of(margin), worst);
    }

    private static Verdict verdict(BurnRates rates, Pair pair) {
        if (rates.fastest() > pair.factor()) {
            return new Verdict.Fail(String.format(
                    Locale.ROOT,
                    "%.0f s into the run the budget burnt at %.1fx, over %s at most %.4gx are allowed",
                    rates.at(),
                    rates.fastest(),
                    pair.text().split(" ", 2)[0],
                    pair.factor()));
        }
        return rates.whole()
                ? new Verdict.Pass(String.format(Locale.ROOT, "%s: at most %.2fx", pair.text(), rates.fastest()))
                : new Verdict.NoData(pair.text() + ": the run is shorter than the long stretch, or had fewer than "
                        + FEWEST_REQUESTS + " requests in every short one");
    }
}
