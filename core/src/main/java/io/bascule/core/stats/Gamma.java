package io.bascule.core.stats;

/** Gamma, incomplete gamma and incomplete beta functions, by the customary series and continued fractions. */
final class Gamma {
    private static final double TINY = 1e-300;
    private static final double PRECISE = 1e-16;
    private static final int MOST = 100_000;

    /** Lanczos' coefficients for g = 7, n = 9. */
    private static final double[] LANCZOS = {
        0.9999999999998099,
        676.5203681218851,
        -1259.1392167224028,
        771.3234287776531,
        -176.6150291621406,
        12.507343278686905,
        -0.13857109526572012,
        9.984369578019572e-06,
        1.5056327351493116e-07
    };

    private Gamma() {}

    /** The logarithm of the gamma function of a positive number. */
    static double log(double x) {
        if (x < 0.5) {
            return Math.log(Math.PI / Math.sin(Math.PI * x)) - log(1 - x);
        }
        double sum = LANCZOS[0];
        for (int i = 1; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (x - 1 + i);
        }
        double t = x + 6.5;
        return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
    }

    /** The logarithm of n over k. */
    static double logChoose(long n, long k) {
        return log(n + 1.0) - log(k + 1.0) - log(n - k + 1.0);
    }

    /** The regularised lower incomplete gamma function. */
    static double lower(double a, double x) {
        if (x <= 0) {
            return 0;
        }
        return x < a + 1 ? lowerSeries(a, x) : 1 - upperFraction(a, x);
    }

    /** The regularised upper incomplete gamma function. */
    static double upper(double a, double x) {
        if (x <= 0) {
            return 1;
        }
        return x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x);
    }

    private static double lowerSeries(double a, double x) {
        double term = 1 / a;
        double sum = term;
        for (int i = 1; i < MOST && Math.abs(term) > Math.abs(sum) * PRECISE; i++) {
            term *= x / (a + i);
            sum += term;
        }
        return sum * Math.exp(-x + a * Math.log(x) - log(a));
    }

    private static double upperFraction(double a, double x) {
        double b = x + 1 - a;
        double c = 1 / TINY;
        double d = 1 / b;
        double h = d;
        double change = 2;
        for (int i = 1; i < MOST && Math.abs(change - 1) > PRECISE; i++) {
            double an = -i * (i - a);
            b += 2;
            d = 1 / away(an * d + b);
            c = away(b + an / c);
            change = d * c;
            h *= change;
        }
        return h * Math.exp(-x + a * Math.log(x) - log(a));
    }

    /** The regularised incomplete beta function. */
    static double beta(double x, double a, double b) {
        if (x <= 0 || x >= 1) {
            return x <= 0 ? 0 : 1;
        }
        double front = Math.exp(log(a + b) - log(a) - log(b) + a * Math.log(x) + b * Math.log1p(-x));
        return x < (a + 1) / (a + b + 2)
                ? front * betaFraction(x, a, b) / a
                : 1 - front * betaFraction(1 - x, b, a) / b;
    }

    /** The x at which the regularised incomplete beta function has that value. */
    static double inverseBeta(double share, double a, double b) {
        double low = 0;
        double high = 1;
        for (double middle = 0.5; low < middle && middle < high; middle = (low + high) / 2) {
            if (beta(middle, a, b) < share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private static double betaFraction(double x, double a, double b) {
        double c = 1;
        double d = 1 / away(1 - (a + b) * x / (a + 1));
        double h = d;
        double change = 2;
        for (int m = 1; m < MOST && Math.abs(change - 1) > PRECISE; m++) {
            double even = m * (b - m) * x / ((a + 2.0 * m - 1) * (a + 2.0 * m));
            d = 1 / away(1 + even * d);
            c = away(1 + even / c);
            h *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1));
            d = 1 / away(1 + odd * d);
            c = away(1 + odd / c);
            change = d * c;
            h *= change;
        }
        return h;
    }

    private static double away(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }
}
