package io.bascule.core.stats;

import java.util.Arrays;
import java.util.Comparator;

/** Holm's correction: with it, the chance of any false alarm among several tests stays at the level of one. */
public final class Holm {
    private Holm() {}

    /** The corrected p-values, in the order given. */
    public static double[] adjusted(double... pValues) {
        Integer[] order = new Integer[pValues.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> pValues[i]));
        double[] adjusted = new double[pValues.length];
        double largest = 0;
        for (int rank = 0; rank < order.length; rank++) {
            int at = order[rank];
            largest = Math.max(largest, Math.min(1, (order.length - rank) * pValues[at]));
            adjusted[at] = largest;
        }
        return adjusted;
    }
}
