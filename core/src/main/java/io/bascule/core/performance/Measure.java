package io.bascule.core.performance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/**
 * A figure that a run can have, by its name.
 *
 * @param name as plans, objectives and results have it: {@code p95}
 * @param title as people read it
 * @param margin by how much it may be worse before that is a finding: a fraction of the baseline; for shares an absolute
 *     difference
 * @param floor a worsening below this never is one, in the unit
 * @param weight in the score; 0 for figures that are told and not judged
 */
public record Measure(String name, String title, Unit unit, Better better, double margin, double floor, int weight) {

    /** Which way is better. */
    public enum Better {
        LOWER,
        HIGHER,
        /** Nobody said: told, never judged. */
        UNSAID
    }

    private static final SequencedMap<String, Measure> KNOWN = new LinkedHashMap<>();
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("avg-response-time", "average"),
            Map.entry("mean", "average"),
            Map.entry("p50-response-time", "p50"),
            Map.entry("median", "p50"),
            Map.entry("p90-response-time", "p90"),
            Map.entry("p95-response-time", "p95"),
            Map.entry("p99-response-time", "p99"),
            Map.entry("max-response-time", "max"),
            Map.entry("throughput-rps", "throughput"),
            Map.entry("availability", "success-rate"),
            Map.entry("error-rate", "errors"),
            Map.entry("cpu-utilization", "cpu"),
            Map.entry("memory-utilization", "memory"));

    static {
        time("average", "Average response time", 0.10, 10);
        time("p50", "Median response time", 0.10, 0);
        time("p90", "90th percentile response time", 0.10, 0);
        time("p95", "95th percentile response time", 0.10, 20);
        time("p99", "99th percentile response time", 0.15, 10);
        time("p999", "99.9th percentile response time", 0.25, 0);
        time("max", "Maximum response time", 0.50, 0);
        know(new Measure("throughput", "Throughput", Unit.PER_SECOND, Better.HIGHER, 0.05, 0, 20));
        know(new Measure("success-rate", "Success rate", Unit.FRACTION, Better.HIGHER, 0.001, 0, 30));
        know(new Measure("errors", "Error rate", Unit.FRACTION, Better.LOWER, 0.001, 0, 0));
        know(new Measure("cpu", "CPU utilisation", Unit.FRACTION, Better.LOWER, 0.15, 0.02, 5));
        know(new Measure("memory", "Memory utilisation", Unit.FRACTION, Better.LOWER, 0.15, 0.02, 5));
    }

    private static void time(String name, String title, double margin, int weight) {
        know(new Measure(name, title, Unit.MILLIS, Better.LOWER, margin, 1, weight));
    }

    private static void know(Measure measure) {
        KNOWN.put(measure.name(), measure);
    }

    /** The measures with a meaning of their own, in the order of reports. */
    public static List<Measure> known() {
        return List.copyOf(KNOWN.values());
    }

    /** The name under which a figure is kept: {@code p95} for {@code p95_response_time}. */
    public static String nameOf(String written) {
        String plain = written.toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        return ALIASES.getOrDefault(plain, plain);
    }

    /** The measure of a name; for one that is not known, unit and direction are read off the name where it has them. */
    public static Measure named(String written) {
        String name = nameOf(written);
        Measure known = KNOWN.get(name);
        if (known != null) {
            return known;
        }
        Unit unit = unitOf(name);
        return new Measure(name, titleOf(name), unit, directionOf(name), unit == Unit.FRACTION ? 0.02 : 0.15, 0, 0);
    }

    private static Unit unitOf(String name) {
        if (name.matches("p\\d{2,4}") || name.matches(".*(-ms|-millis|-time|latency.*)")) {
            return Unit.MILLIS;
        }
        if (name.matches(".*(-percent|-utilization|-utilisation|-ratio)")) {
            return Unit.FRACTION;
        }
        return name.matches(".*(-rps|-per-second)") ? Unit.PER_SECOND : Unit.NUMBER;
    }

    private static Better directionOf(String name) {
        if (name.matches("p\\d{2,4}") || name.matches(".*(time|latency|error|fail|utili[sz]ation|lag|wait|queue).*")) {
            return Better.LOWER;
        }
        return name.matches(".*(success|throughput|rps|per-second|hit).*") ? Better.HIGHER : Better.UNSAID;
    }

    private static String titleOf(String name) {
        String words = name.replace('-', ' ');
        return words.isEmpty() ? name : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** The share below the percentile that this is: 0.999 for {@code p999}; empty for other figures. */
    public OptionalDouble percentile() {
        return name.matches("p\\d{2,4}")
                ? OptionalDouble.of(Double.parseDouble("0." + name.substring(1)))
                : OptionalDouble.empty();
    }

    /** Whether it is a figure of response times. */
    public boolean isLatency() {
        return name.equals("average") || name.equals("max") || percentile().isPresent();
    }

    /** The same with another margin. */
    public Measure within(double other) {
        return new Measure(name, title, unit, better, other, floor, weight);
    }

    /** Whether it is compared as a difference of shares: ratios of success rates say nothing. */
    boolean isShareOfRequests() {
        return name.equals("success-rate") || name.equals("errors");
    }

    static Optional<Measure> find(String name) {
        return Optional.ofNullable(KNOWN.get(name));
    }
}
