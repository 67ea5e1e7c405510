package io.bascule.core.stats;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * How much a figure of a run would vary had the run been repeated: its windows are drawn again in blocks of neighbours,
 * so that a slow stretch stays one. Single requests must not be drawn: they come in slow and fast stretches together, and
 * a test that takes them for independent finds a difference between two equal runs in a third of the cases.
 *
 * @param block windows drawn together
 * @param resamples how often the run is drawn again
 * @param seed of the draws: the same gives the same interval
 */
public record BlockBootstrap(int block, int resamples, long seed) {
    /** Draws that give an interval of 95 % two steady digits. */
    public static final int RESAMPLES = 2_000;

    /** Neighbours that are drawn together in a long run: shared machines stay slow for some seconds. */
    private static final int LONGEST = 10;

    /** Blocks that a run has at least. */
    private static final int BLOCKS = 6;

    public BlockBootstrap {
        if (block < 1 || resamples < 1) {
            throw new IllegalArgumentException(resamples + " resamples of blocks of " + block);
        }
    }

    /** Blocks of 10 windows; of fewer when there are fewer than 60, so that there are never less than 6 blocks. */
    public static BlockBootstrap forWindows(int windows, long seed) {
        return new BlockBootstrap(Math.clamp(windows / BLOCKS, 1, LONGEST), RESAMPLES, seed);
    }

    /**
     * Draws both runs again, each by itself.
     *
     * @param effect of a figure of the first and one of the second: a difference, the logarithm of a ratio
     */
    public Resampled apart(
            int windows,
            ToDoubleFunction<int[]> figure,
            int otherWindows,
            ToDoubleFunction<int[]> other,
            DoubleBinaryOperator effect) {
        return draw(
                random -> {
                    double value = figure.applyAsDouble(weights(windows, random));
                    return effect.applyAsDouble(value, other.applyAsDouble(weights(otherWindows, random)));
                },
                Math.min(windows, otherWindows));
    }

    /** Draws the same windows of both runs, which were under load at the same time: what disturbed both cancels out. */
    public Resampled paired(
            int windows, ToDoubleFunction<int[]> figure, ToDoubleFunction<int[]> other, DoubleBinaryOperator effect) {
        return draw(
                random -> {
                    int[] weights = weights(windows, random);
                    return effect.applyAsDouble(figure.applyAsDouble(weights), other.applyAsDouble(weights));
                },
                windows);
    }

    /** Draws one run again. */
    public Resampled alone(int windows, ToDoubleFunction<int[]> figure) {
        return draw(random -> figure.applyAsDouble(weights(windows, random)), windows);
    }

    private Resampled draw(ToDoubleFunction<SplittableRandom> once, int windows) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] effects = new double[resamples];
        for (int i = 0; i < resamples; i++) {
            effects[i] = once.applyAsDouble(random);
        }
        double blocks = windows / (double) block;
        double[] known =
                Arrays.stream(effects).filter(e -> !Double.isNaN(e)).sorted().toArray();
        return new Resampled(
                known, resamples, blocks > 1 ? Math.sqrt(blocks / (blocks - 1)) : Double.POSITIVE_INFINITY);
    }

    /** How often each window is drawn, in blocks that wrap round the end. */
    private int[] weights(int windows, SplittableRandom random) {
        int[] weights = new int[windows];
        for (int drawn = 0; drawn < windows; ) {
            int from = random.nextInt(windows);
            for (int i = 0; i < block && drawn < windows; i++, drawn++) {
                weights[(from + i) % windows]++;
            }
        }
        return weights;
    }

    /** The effects of all draws. */
    public static final class Resampled {
        private static final double TOO_FEW = 0.9;

        private final double[] sorted;
        private final int drawn;
        private final double stretch;

        /**
         * @param sorted ascending, draws without a figure left out
         * @param drawn how many draws there were
         * @param stretch by which intervals are widened: few blocks vary less than many runs would
         */
        private Resampled(double[] sorted, int drawn, double stretch) {
            this.sorted = sorted;
            this.drawn = drawn;
            this.stretch = stretch;
        }

        /** Whether almost every draw had a figure, and there are blocks enough to speak of variation. */
        public boolean usable() {
            return Double.isFinite(stretch) && sorted.length >= TOO_FEW * drawn;
        }

        /** The interval that leaves out equal tails. Only where {@link #usable}. */
        public Interval interval(double confidence) {
            double middle = at(0.5);
            double tail = (1 - confidence) / 2;
            return new Interval(
                    middle + (at(tail) - middle) * stretch, middle + (at(1 - tail) - middle) * stretch, confidence);
        }

        /** How likely an effect not above the bound is: the p-value against "no larger than the bound". */
        public double atMost(double bound) {
            double middle = at(0.5);
            long below = Arrays.stream(sorted)
                    .filter(effect -> middle + (effect - middle) * stretch <= bound)
                    .count();
            return (below + 1.0) / (sorted.length + 1);
        }

        private double at(double share) {
            return sorted[Math.clamp(Math.round(share * (sorted.length - 1)), 0, sorted.length - 1)];
        }
    }
}
