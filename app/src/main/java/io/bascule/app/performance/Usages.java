package io.bascule.app.performance;

import io.bascule.core.performance.Measure;
import io.bascule.core.performance.Measured;
import io.bascule.core.performance.Unit;
import io.bascule.load.Usage;
import io.bascule.load.Usage.Scale;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a run used, as its measures' samples. Of a share whose scale nobody said, samples of which none is above 1 are fractions
 * and others percentages; where that would take two runs of one comparison differently, there is no figure.
 */
public final class Usages {
    private static final double PERCENT = 100;

    private Usages() {}

    /**
     * The run with what it used.
     *
     * @param other what the run used that it is compared with; empty where there is none
     */
    public static Measured with(Measured run, Map<String, Usage> own, Map<String, Usage> other) {
        Measured all = run;
        for (Map.Entry<String, Usage> each : own.entrySet()) {
            Usage usage = each.getValue();
            String measure = each.getKey();
            Optional<String> untold = Optional.ofNullable(usage.untold());
            Optional<String> trouble = untold.isPresent()
                    ? untold
                    : Optional.ofNullable(other.get(measure)).flatMap(its -> disagreement(measure, usage, its));
            all = trouble.isPresent()
                    ? all.without(measure, trouble.get())
                    : all.with(new TreeMap<>(Map.of(measure, samples(measure, usage))));
        }
        return all;
    }

    /** In the measure's unit. */
    public static List<Double> samples(String measure, Usage usage) {
        double divisor = isShare(measure) && scale(usage) == Scale.PERCENT ? PERCENT : 1;
        return usage.samples().stream().map(each -> each.value() / divisor).toList();
    }

    private static boolean isShare(String measure) {
        return Measure.named(measure).unit() == Unit.FRACTION;
    }

    private static Scale scale(Usage usage) {
        return usage.scale() != Scale.UNSAID
                ? usage.scale()
                : usage.samples().stream().allMatch(each -> each.value() <= 1) ? Scale.FRACTION : Scale.PERCENT;
    }

    private static Optional<String> disagreement(String measure, Usage own, Usage other) {
        boolean guessed = own.scale() == Scale.UNSAID && other.scale() == Scale.UNSAID;
        return isShare(measure) && guessed && other.untold() == null && scale(own) != scale(other)
                ? Optional.of(
                        "one of the two runs has a sample above 1 and the other has none, so it cannot be told whether"
                                + " they are fractions or percentages; say it of both: &unit=fraction or &unit=percent")
                : Optional.empty();
    }
}
