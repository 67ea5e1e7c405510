package io.bascule.core.performance;

import io.bascule.core.performance.Measure.Better;
import io.bascule.core.port.Verdict;
import io.bascule.core.stats.Holm;
import io.bascule.core.stats.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A run held against an earlier one, measure by measure. A measure fails when it is worse by more than its margin and
 * chance is ruled out; it passes when a worsening beyond the margin is ruled out; else nothing is shown yet. So a harmless
 * 3 % is no failure, however many requests prove it, and a run too short to tell does not pass.
 *
 * @param sameLoad whether both runs were asked the same of
 * @param remarks what a reader must know before the figures
 */
public record Comparison(
        Measured baseline, Measured current, boolean sameLoad, List<Row> rows, List<String> remarks, Verdict verdict) {

    public Comparison {
        rows = List.copyOf(rows);
        remarks = List.copyOf(remarks);
    }

    public static Comparison of(Measured baseline, Measured current, CompareRules rules) {
        boolean same = OfferedLoad.same(baseline, current);
        List<String> remarks = remarks(baseline, current, same);
        if (!same && !rules.differentLoad()) {
            return new Comparison(baseline, current, false, List.of(), remarks, refused(baseline, current));
        }
        List<Row> rows = new Rows(baseline, current, rules, same).all();
        return new Comparison(baseline, current, same, rows, remarks, verdict(baseline, current, rows));
    }

    /** Whether nothing was compared because the loads differ. */
    public boolean refused() {
        return !sameLoad && rows.isEmpty();
    }

    public Optional<Row> row(String measure) {
        return rows.stream().filter(row -> row.measure().name().equals(measure)).findFirst();
    }

    private static Verdict refused(Measured baseline, Measured current) {
        return new Verdict.Errored("different loads do not compare: " + baseline.name() + " " + load(baseline) + ", "
                + current.name() + " " + load(current));
    }

    private static String load(Measured of) {
        Double carried = of.figures().get("throughput");
        return of.load() instanceof OfferedLoad.Unsaid && carried != null
                ? String.format(Locale.ROOT, "carried %.1f/s and does not say what was offered", carried)
                : "was offered " + of.load().text();
    }

    private static List<String> remarks(Measured baseline, Measured current, boolean same) {
        List<String> remarks = new ArrayList<>();
        if (!same) {
            remarks.add("The loads differ: " + baseline.name() + " " + load(baseline) + ", " + current.name() + " "
                    + load(current) + ". Throughput and resources are told, not judged.");
        } else if (baseline.load() instanceof OfferedLoad.Unsaid || current.load() instanceof OfferedLoad.Unsaid) {
            remarks.add("One of the two does not say what load it was offered; the throughputs are near enough to"
                    + " compare.");
        }
        if (current.load() instanceof OfferedLoad.Closed) {
            remarks.add("The load was a closed model: users wait for answers, so a slower target is asked less, and its"
                    + " throughput and latency are one figure told twice.");
        }
        if (baseline.slices().isEmpty()) {
            remarks.add(baseline.name() + " has single numbers: how much they vary is not known, so intervals show the"
                    + " variation of the current run alone.");
        }
        return remarks;
    }

    private static Verdict verdict(Measured baseline, Measured current, List<Row> rows) {
        for (Measured run : List.of(current, baseline)) {
            if (run.invalid().isPresent()) {
                return new Verdict.Errored("the load generator's own figures of " + run.name() + " cannot be judged: "
                        + run.invalid().get());
            }
        }
        Verdict worst = new Verdict.Pass("no measure is worse beyond its margin");
        for (Row row : rows) {
            worst = row.decides() ? Verdicts.worse(worst, row.verdict()) : worst;
        }
        return rows.stream().noneMatch(Row::decides)
                ? new Verdict.NoData("the two have no figure in common that could be judged")
                : worst;
    }

    /** Works the rows out. */
    private static final class Rows {
        private final Measured baseline;
        private final Measured current;
        private final CompareRules rules;
        private final boolean same;
        private final Effects effects;

        Rows(Measured baseline, Measured current, CompareRules rules, boolean same) {
            this.baseline = baseline;
            this.current = current;
            this.rules = rules;
            this.same = same;
            this.effects = new Effects(baseline, current, rules.confidence());
        }

        List<Row> all() {
            SequencedMap<Measure, Optional<Effect>> found = new LinkedHashMap<>();
            for (String name : names()) {
                Measure measure = rules.measure(name);
                found.put(measure, effect(measure));
            }
            Map<Measure, Double> chances = chances(found);
            List<Row> rows = new ArrayList<>();
            found.forEach((measure, effect) ->
                    rows.add(effect.map(e -> row(measure, e, chances.getOrDefault(measure, e.chance())))
                            .orElseGet(() -> missing(measure))));
            return rows;
        }

        private List<String> names() {
            TreeSet<String> all = new TreeSet<>(baseline.figures().keySet());
            all.addAll(current.figures().keySet());
            all.addAll(baseline.untold().keySet());
            all.addAll(current.untold().keySet());
            all.addAll(rules.judged());
            List<String> names = new ArrayList<>();
            for (Measure known : Measure.known()) {
                if (all.remove(known.name())) {
                    names.add(known.name());
                }
            }
            names.addAll(all);
            return names;
        }

        private Optional<Effect> effect(Measure measure) {
            Optional<Double> was = baseline.value(measure);
            Optional<Double> is = current.value(measure);
            return was.isPresent() && is.isPresent()
                    ? Optional.of(effects.of(measure, was.get(), is.get()))
                    : Optional.empty();
        }

        /** Several measures are several chances of a false alarm. */
        private Map<Measure, Double> chances(Map<Measure, Optional<Effect>> found) {
            List<Measure> tested = new ArrayList<>();
            List<Double> raw = new ArrayList<>();
            found.forEach((measure, effect) -> {
                if (decides(measure) && effect.flatMap(Effect::interval).isPresent()) {
                    tested.add(measure);
                    raw.add(effect.map(Effect::chance).orElse(1.0));
                }
            });
            double[] adjusted =
                    Holm.adjusted(raw.stream().mapToDouble(Double::doubleValue).toArray());
            Map<Measure, Double> chances = new LinkedHashMap<>();
            for (int i = 0; i < adjusted.length; i++) {
                chances.put(tested.get(i), adjusted[i]);
            }
            return chances;
        }

        private boolean decides(Measure measure) {
            boolean ofTheLoad = measure.name().equals("throughput")
                    || measure.unit() == Unit.NUMBER
                    || measure.name().equals("cpu")
                    || measure.name().equals("memory");
            return rules.decides(measure) && measure.better() != Better.UNSAID && (same || !ofTheLoad);
        }

        private Row missing(Measure measure) {
            Optional<Measured> askedInVain = Stream.of(current, baseline)
                    .filter(run -> run.untold().containsKey(measure.name()))
                    .findFirst();
            Measured without = askedInVain.orElse(current.value(measure).isEmpty() ? current : baseline);
            boolean gone = baseline.value(measure).isPresent()
                    || rules.judged().contains(measure.name())
                    || askedInVain.isPresent();
            String why = without.untold().getOrDefault(measure.name(), "it has no such figure");
            return new Row(
                    measure,
                    baseline.value(measure),
                    current.value(measure),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    measure.margin(),
                    Optional.empty(),
                    decides(measure) && gone,
                    "",
                    new Verdict.NoData(measure.name() + " of " + without.name() + ": " + why));
        }

        private Row row(Measure measure, Effect effect, double chance) {
            boolean higher = measure.better() == Better.HIGHER;
            double change = effect.change(effect.worse(), higher);
            Optional<Interval> interval = effect.interval().map(i -> {
                double one = effect.change(i.low(), higher);
                double other = effect.change(i.high(), higher);
                return new Interval(Math.min(one, other), Math.max(one, other), i.confidence());
            });
            boolean decides = decides(measure) && (interval.isPresent() || !isResource(measure));
            return new Row(
                    measure,
                    baseline.value(measure),
                    current.value(measure),
                    Optional.of(change),
                    interval,
                    interval.map(i -> !i.contains(0)),
                    effect.relative() ? Math.expm1(effect.allowed()) : effect.allowed(),
                    decides && interval.isPresent() ? Optional.of(Score.of(effect)) : Optional.empty(),
                    decides,
                    effect.how(),
                    judged(measure, effect, change, interval, chance));
        }

        /** What the load does not bring about by itself: given as single numbers it can be told, not judged. */
        private static boolean isResource(Measure measure) {
            return !measure.isLatency()
                    && !measure.isShareOfRequests()
                    && !measure.name().equals("throughput");
        }

        private Verdict judged(
                Measure measure, Effect effect, double change, Optional<Interval> interval, double chance) {
            if (measure.better() == Better.UNSAID) {
                return new Verdict.Inconclusive(measure.name() + ": nobody said whether more of it is better");
            }
            if (interval.isEmpty()) {
                boolean beyond = effect.worse() > effect.allowed();
                return new Verdict.Inconclusive(
                        measure.name() + ": " + (beyond ? "worse, but not proved: " : "") + effect.missing());
            }
            String told = told(measure, effect, change, interval.get());
            Interval worse = effect.interval().orElseThrow();
            boolean beyond = worse.low() > effect.allowed() || (worse.low() > 0 && effect.worse() > effect.allowed());
            if (beyond && chance <= (1 - rules.confidence()) / 2) {
                return new Verdict.Fail(told);
            }
            if (worse.high() <= effect.allowed()) {
                return new Verdict.Pass(told);
            }
            return new Verdict.Inconclusive(
                    told + "; " + (beyond ? "among so many measures that may be chance" : longer(effect, worse)));
        }

        /** Intervals shrink with the square root of a run's length. */
        private static String longer(Effect effect, Interval worse) {
            boolean beyond = effect.worse() > effect.allowed();
            double room = beyond ? effect.worse() : effect.allowed() - effect.worse();
            double reach = beyond ? effect.worse() - worse.low() : worse.high() - effect.worse();
            double times = room <= 0 ? 100 : Math.pow(reach / room, 2);
            return times < 100
                    ? String.format(
                            Locale.ROOT, "a run about %.1f times as long would tell", Math.max(1.1, times * 1.1))
                    : "it lies too near to the margin for a longer run to tell";
        }

        private static String told(Measure measure, Effect effect, double change, Interval interval) {
            double allowed = effect.relative() ? Math.expm1(effect.allowed()) : effect.allowed();
            return String.format(
                    Locale.ROOT,
                    "%s %s (%.0f %% interval %s to %s; %s worse allowed)",
                    measure.name(),
                    points(change, effect.relative()),
                    interval.confidence() * 100,
                    points(interval.low(), effect.relative()),
                    points(interval.high(), effect.relative()),
                    points(allowed, effect.relative()).substring(1));
        }

        private static String points(double change, boolean relative) {
            double rounding = relative ? 10 : 1_000;
            double shown = Math.round(change * 100 * rounding) / rounding + 0.0;
            String number = String.format(Locale.ROOT, relative ? "%+.1f" : "%+.3f", shown);
            return number.replace('-', '−') + (relative ? " %" : " points");
        }
    }
}
