package io.bascule.aws.name;

import io.bascule.core.port.Finding;
import io.bascule.core.port.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.route53.model.HealthCheckObservation;
import software.amazon.awssdk.services.route53.model.StatusReport;

/**
 * Whether a health check is green: more than half of its checkers say so, and said so lately. Route 53 itself takes an
 * endpoint for healthy when more than 18 % do, and a new check until it knows better: neither is evidence. Pure.
 */
final class HealthCheckRule {
    /** Checkers ask every 10 or 30 seconds; what is older, or of a time not reached yet, tells nothing of now. */
    static final Duration FRESH = Duration.ofMinutes(2);

    private static final int REASONS_MOST = 3;

    private HealthCheckRule() {}

    /** PASS, FAIL where even those that are not known could not make it green, else NO_DATA. */
    static Finding judge(List<HealthCheckObservation> told, Instant now) {
        List<String> known = told.stream()
                .map(HealthCheckObservation::statusReport)
                .flatMap(report -> status(Optional.ofNullable(report), now).stream())
                .toList();
        long well = known.stream().filter(HealthCheckRule::isWell).count();
        int unknown = told.size() - known.size();
        String of = well + " of " + told.size() + " checkers succeed";
        return finding(verdict(told.size(), well, unknown, of, known), told.size(), well, unknown);
    }

    private static Verdict verdict(int all, long well, int unknown, String of, List<String> known) {
        if (all == 0) {
            return new Verdict.NoData("no checker has told anything yet");
        }
        if (well * 2 > all) {
            return new Verdict.Pass(of);
        }
        String rest = ", more than half must" + reasons(known);
        return (well + unknown) * 2 > all
                ? new Verdict.NoData(of + rest + ", and of " + unknown + " nothing is known of the last "
                        + FRESH.toMinutes() + " minutes")
                : new Verdict.Fail(of + rest);
    }

    private static Optional<String> status(Optional<StatusReport> report, Instant now) {
        return report.filter(each -> each.status() != null && each.checkedTime() != null)
                .filter(each -> Duration.between(each.checkedTime(), now).abs().compareTo(FRESH) <= 0)
                .map(StatusReport::status);
    }

    private static boolean isWell(String status) {
        return status.startsWith("Success");
    }

    private static String reasons(List<String> known) {
        Map<String, Long> counted = known.stream()
                .filter(status -> !isWell(status))
                .collect(Collectors.groupingBy(status -> status, TreeMap::new, Collectors.counting()));
        return counted.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(REASONS_MOST)
                .map(each -> ", " + each.getValue() + " say '" + each.getKey() + "'")
                .collect(Collectors.joining());
    }

    private static Finding finding(Verdict verdict, int all, long well, int unknown) {
        return Finding.of(verdict, "checkers", all, "succeed", well, "unknown", unknown);
    }
}
