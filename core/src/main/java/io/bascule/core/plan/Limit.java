package io.bascule.core.plan;

/**
 * One inclusive bound on a metric: {@code errors <= 1%}, {@code p95 <= 1.5 x source + 50ms}.
 *
 * @param factor of the other value ({@code 1.5}); 0 when the limit is absolute
 * @param constant added to it, or the whole bound; a fraction or milliseconds, as the metric
 * @param text as the plan has it, for people
 */
public record Limit(String metric, Relation relation, double factor, double constant, String text) {

    public enum Relation {
        AT_MOST,
        AT_LEAST
    }

    public boolean isAbsolute() {
        return factor == 0;
    }

    /** The bound against another side's or the baseline's value; an absolute limit ignores it. */
    public double bound(double other) {
        return factor * other + constant;
    }

    /** Bounds are inclusive: a value equal to its bound holds. */
    public boolean holds(double value, double other) {
        return relation == Relation.AT_MOST ? value <= bound(other) : value >= bound(other);
    }

    /** How much room the value leaves; negative when it is beyond the bound. */
    public double margin(double value, double other) {
        return relation == Relation.AT_MOST ? bound(other) - value : value - bound(other);
    }
}
