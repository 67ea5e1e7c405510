package io.bascule.load.file;

import io.bascule.load.IntervalSnapshot;
import io.bascule.load.LatencyHistogram;
import io.bascule.load.LoadOutcome;
import io.bascule.load.TargetOutcome;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The seconds of a load as CSV, a line for each second and target; what was not measured is empty. */
public final class SecondsCsv {

    private static final String HEAD =
            "target,from,millis,arrivals,requests,failed,p50Millis,p90Millis,p95Millis,p99Millis,maxMillis\n";

    private SecondsCsv() {}

    public static String of(LoadOutcome outcome) {
        var csv = new StringBuilder(HEAD);
        for (TargetOutcome target : outcome.targets()) {
            target.intervals().forEach(second -> append(csv, target.name(), second));
        }
        return csv.toString();
    }

    private static void append(StringBuilder csv, String target, IntervalSnapshot second) {
        LatencyHistogram times = second.response();
        csv.append(target).append(',').append(second.from()).append(',');
        csv.append(second.length().toMillis())
                .append(',')
                .append(second.arrivals())
                .append(',');
        csv.append(second.requests()).append(',').append(second.failed());
        for (double percent : new double[] {50, 90, 95, 99, 100}) {
            csv.append(',').append(text(times.percentileMillis(percent)));
        }
        csv.append('\n');
    }

    private static String text(@Nullable Double millis) {
        return millis == null
                ? ""
                : BigDecimal.valueOf(millis).stripTrailingZeros().toPlainString();
    }
}
