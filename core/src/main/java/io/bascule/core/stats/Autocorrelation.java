package io.bascule.core.stats;

/** How much successive values of a series repeat each other. */
public final class Autocorrelation {
    private Autocorrelation() {}

    /** How many independent values a series is worth: its length over 1 + 2 x the sum of its positive correlations. */
    public static double independent(double[] series) {
        double sum = 0;
        for (int lag = 1; lag < series.length / 2; lag++) {
            double correlation = at(series, lag);
            if (correlation <= 0) {
                break;
            }
            sum += correlation;
        }
        return series.length / (1 + 2 * sum);
    }

    /** The correlation of the series with itself, that many values later; 0 for a constant one. */
    public static double at(double[] series, int lag) {
        double mean = 0;
        for (double value : series) {
            mean += value / series.length;
        }
        double product = 0;
        double square = 0;
        for (int i = 0; i < series.length; i++) {
            square += (series[i] - mean) * (series[i] - mean);
            product += i + lag < series.length ? (series[i] - mean) * (series[i + lag] - mean) : 0;
        }
        return square == 0 ? 0 : product / square;
    }
}
