package io.bascule.core.plan;

/** How one entrance divides its traffic. The two weights add up to the whole, so "all zero" cannot be written. */
public record TrafficSplit(Weight source, Weight target) {
    public static final TrafficSplit ALL_SOURCE = toTarget(Weight.ZERO);
    public static final TrafficSplit ALL_TARGET = toTarget(Weight.ALL);

    public TrafficSplit {
        if (source.basisPoints() + target.basisPoints() != Weight.WHOLE) {
            throw new IllegalArgumentException("weights add up to 10000: " + source + " and " + target);
        }
    }

    public static TrafficSplit toTarget(Weight target) {
        return new TrafficSplit(new Weight(Weight.WHOLE - target.basisPoints()), target);
    }

    public Weight of(Side side) {
        return side == Side.SOURCE ? source : target;
    }
}
