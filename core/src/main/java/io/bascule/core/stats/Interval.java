package io.bascule.core.stats;

/**
 * A confidence interval, both ends included.
 *
 * @param confidence that it was made for, between 0 and 1
 */
public record Interval(double low, double high, double confidence) {
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("an interval from " + low + " to " + high);
        }
    }

    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /** The point of the interval that lies nearest to the value: the value itself when it is inside. */
    public double nearest(double value) {
        return Math.clamp(value, low, high);
    }
}
