package io.bascule.core.plan;

/** A share of the traffic in basis points, 0 to 10,000. */
public record Weight(int basisPoints) implements Comparable<Weight> {
    public static final int WHOLE = 10_000;
    public static final Weight ZERO = new Weight(0);
    public static final Weight ALL = new Weight(WHOLE);

    public Weight {
        if (basisPoints < 0 || basisPoints > WHOLE) {
            throw new IllegalArgumentException("a weight is 0 to 10000 basis points: " + basisPoints);
        }
    }

    public static Weight percent(double percent) {
        return new Weight((int) Math.round(percent * 100));
    }

    public double fraction() {
        return basisPoints / (double) WHOLE;
    }

    @Override
    public int compareTo(Weight other) {
        return Integer.compare(basisPoints, other.basisPoints);
    }

    /** For people: {@code 10%}, {@code 12.5%}. */
    @Override
    public String toString() {
        return basisPoints % 100 == 0 ? basisPoints / 100 + "%" : basisPoints / 100.0 + "%";
    }
}
