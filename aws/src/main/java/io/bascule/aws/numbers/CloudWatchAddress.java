package io.bascule.aws.numbers;

import io.bascule.core.port.Meter;
import io.bascule.core.port.MeterAddress;
import io.bascule.core.port.MeterAddress.Word;
import io.bascule.core.rules.Nearest;
import io.bascule.planfile.keys.Types;
import io.bascule.planfile.keys.WrongText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One metric of CloudWatch as an address names it. Words in small letters are ours; dimensions are words that begin with a
 * capital, as AWS's own do, and {@code dimension.NAME} is any other.
 *
 * @param dimensions exactly those that the metric is published with
 * @param period a multiple of a minute, or 1, 5, 10 or 30 s
 * @param delay how late data comes
 */
record CloudWatchAddress(
        String region,
        String namespace,
        String metric,
        SortedMap<String, String> dimensions,
        String statistic,
        Duration period,
        Duration delay,
        Meter.Scale scale) {
    private static final List<String> WORDS = List.of("namespace", "metric", "stat", "period", "delay", "unit");
    private static final List<String> STATISTICS =
            List.of("Average", "Maximum", "Minimum", "Sum", "SampleCount", "IQM");
    private static final String TRIMMED = "(p|tm|wm|tc|ts)\\d{1,2}(\\.\\d{1,10})?|p100";
    private static final String REGION = "[a-z]{2,}(-[a-z]+)+-\\d{1,2}";
    private static final String PREFIX = "dimension.";
    private static final int MOST_DIMENSIONS = 30;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PERIOD = Duration.ofHours(1);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(30);
    private static final Duration DELAY = Duration.ofMinutes(3);

    CloudWatchAddress {
        dimensions = Collections.unmodifiableSortedMap(new TreeMap<>(dimensions));
    }

    /** Of an address without problems. */
    static CloudWatchAddress of(MeterAddress address) {
        SortedMap<String, String> dimensions = new TreeMap<>();
        address.words().stream()
                .filter(word -> isDimension(word.name()))
                .forEach(word -> dimensions.put(dimension(word.name()), word.value()));
        return new CloudWatchAddress(
                address.place(),
                address.get("namespace").orElseThrow(),
                address.get("metric").orElseThrow(),
                dimensions,
                address.get("stat").orElse("Average"),
                address.get("period").flatMap(CloudWatchAddress::duration).orElse(MINUTE),
                address.get("delay").flatMap(CloudWatchAddress::duration).orElse(DELAY),
                address.scale(Meter.Scale.PERCENT));
    }

    static List<String> problems(MeterAddress address) {
        List<String> problems = new ArrayList<>();
        if (!address.place().matches(REGION)) {
            problems.add(
                    "'" + address.place() + "' is no region: expected one as in cloudwatch:eu-central-1?namespace=…");
        }
        if (address.get("namespace").isEmpty()) {
            problems.add("expected a namespace, as in namespace=AWS/ECS");
        }
        if (address.get("metric").isEmpty()) {
            problems.add("expected a metric, as in metric=CPUUtilization");
        }
        List<Word> words = address.words().stream()
                .filter(word -> !isDimension(word.name()))
                .toList();
        problems.addAll(new MeterAddress(address.scheme(), address.place(), words).problems(WORDS));
        problems.addAll(dimensionProblems(address));
        address.get("stat").flatMap(CloudWatchAddress::statisticProblem).ifPresent(problems::add);
        address.get("period").flatMap(CloudWatchAddress::periodProblem).ifPresent(problems::add);
        address.get("delay").flatMap(CloudWatchAddress::delayProblem).ifPresent(problems::add);
        problems.addAll(address.unitProblems());
        return problems;
    }

    private static List<String> dimensionProblems(MeterAddress address) {
        List<String> problems = new ArrayList<>();
        SortedMap<String, Long> names = new TreeMap<>();
        for (Word word : address.words()) {
            if (isDimension(word.name())) {
                names.merge(dimension(word.name()), 1L, Long::sum);
                if (word.value().isBlank()) {
                    problems.add("'" + word.name() + "' has no value");
                }
                String small = word.name().toLowerCase(Locale.ROOT);
                if (WORDS.contains(small)) {
                    problems.add("'" + word.name() + "': did you mean '" + small + "'? A dimension of that name is "
                            + PREFIX + word.name());
                }
            }
        }
        names.forEach((name, times) -> {
            if (times > 1) {
                problems.add("'" + name + "' is written twice");
            }
        });
        if (names.size() > MOST_DIMENSIONS) {
            problems.add(names.size() + " dimensions; a metric has " + MOST_DIMENSIONS + " at most");
        }
        return problems;
    }

    private static boolean isDimension(String name) {
        return name.startsWith(PREFIX) || (!name.isEmpty() && Character.isUpperCase(name.charAt(0)));
    }

    private static String dimension(String name) {
        return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    }

    private static Optional<String> statisticProblem(String written) {
        if (STATISTICS.contains(written) || written.matches(TRIMMED)) {
            return Optional.empty();
        }
        String hint = STATISTICS.stream()
                .filter(written::equalsIgnoreCase)
                .findFirst()
                .map(each -> "did you mean '" + each + "'?")
                .orElseGet(() -> Nearest.hint(written, STATISTICS));
        return Optional.of("stat=" + written + ": expected Average, Maximum, p95 or another statistic of CloudWatch"
                + (hint.isEmpty() ? "" : "; " + hint));
    }

    private static Optional<String> periodProblem(String written) {
        Optional<Duration> period = duration(written).filter(each -> {
            long millis = each.toMillis();
            boolean whole = millis > 0 && millis % MINUTE.toMillis() == 0 && each.compareTo(LONGEST_PERIOD) <= 0;
            return whole || List.of(1_000L, 5_000L, 10_000L, 30_000L).contains(millis);
        });
        return period.isPresent()
                ? Optional.empty()
                : Optional.of("period=" + written + ": expected whole minutes up to 1h, or 1s, 5s, 10s or 30s");
    }

    private static Optional<String> delayProblem(String written) {
        return duration(written)
                        .filter(each -> each.compareTo(LONGEST_DELAY) <= 0)
                        .isPresent()
                ? Optional.empty()
                : Optional.of("delay=" + written + ": expected a duration such as 3m, 30m at most");
    }

    /** With its unit, or in seconds. */
    private static Optional<Duration> duration(String written) {
        try {
            return Optional.of(
                    written.matches("\\d{1,6}")
                            ? Duration.ofSeconds(Long.parseLong(written))
                            : Types.duration(written));
        } catch (WrongText e) {
            return Optional.empty();
        }
    }

    /** What CloudWatch keeps periods of this length for: later it has longer ones only. */
    Duration kept() {
        if (period.compareTo(MINUTE) < 0) {
            return Duration.ofHours(3);
        }
        if (period.compareTo(Duration.ofMinutes(5)) < 0) {
            return Duration.ofDays(15);
        }
        return period.compareTo(LONGEST_PERIOD) < 0 ? Duration.ofDays(63) : Duration.ofDays(455);
    }

    String about() {
        String of = dimensions.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(" "));
        long days = kept().toDays();
        return "CloudWatch " + namespace + " " + metric + (of.isEmpty() ? "" : " of " + of) + ", " + statistic
                + " over "
                + period.toSeconds() + " s, in " + region + " (names are exact, and such periods are kept for "
                + (days == 0 ? kept().toHours() + " hours" : days + " days") + ")";
    }
}
