package io.bascule.app.performance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * Where values lie on an axis.
 *
 * @param at from a value to a share of the axis, 0 to 1
 */
record Scale(DoubleUnaryOperator at, List<Tick> ticks) {
    record Tick(double value, String text) {}

    /** From 0 to a round number at or above the largest value. */
    static Scale fromZero(double largest) {
        double top = round(largest);
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i <= 4; i++) {
            ticks.add(new Tick(top * i / 4, number(top * i / 4)));
        }
        return new Scale(value -> value / top, ticks);
    }

    /** Powers of ten, for values that span several. */
    static Scale powers(double smallest, double largest) {
        double low = Math.floor(Math.log10(Math.max(smallest, 1e-3)));
        double high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(largest, 1e-3))));
        List<Tick> ticks = new ArrayList<>();
        for (double power = low; power <= high; power++) {
            ticks.add(new Tick(Math.pow(10, power), number(Math.pow(10, power))));
        }
        return new Scale(value -> (Math.log10(Math.max(value, 1e-3)) - low) / (high - low), ticks);
    }

    /** Seconds or minutes since a run began. */
    static Scale time(double seconds) {
        double step = step(seconds);
        List<Tick> ticks = new ArrayList<>();
        for (double at = 0; at <= seconds; at += step) {
            ticks.add(new Tick(at, step >= 60 ? number(at / 60) + " min" : number(at) + " s"));
        }
        return new Scale(value -> value / seconds, ticks);
    }

    private static double step(double seconds) {
        for (double step : new double[] {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600}) {
            if (seconds / step <= 8) {
                return step;
            }
        }
        return 7200;
    }

    /** Shares of requests, each step leaving a tenth of those left: 90, 99, 99.9. */
    static Scale percentiles(double last) {
        double width = -Math.log10(1 - last);
        List<Tick> ticks = new ArrayList<>();
        for (double share : new double[] {0, 0.5, 0.9, 0.99, 0.999, 0.9999}) {
            if (share <= last + 1e-12) {
                String text = share == 0 ? "0" : "p" + number(share * 100);
                ticks.add(new Tick(share, text));
            }
        }
        return new Scale(share -> -Math.log10(1 - share) / width, ticks);
    }

    /** From a negative to a positive bound, the same distance from 0. */
    static Scale around(double reach) {
        double top = round(reach);
        List<Tick> ticks = new ArrayList<>();
        for (int i = -2; i <= 2; i++) {
            double value = top * i / 2;
            ticks.add(new Tick(value, (value > 0 ? "+" : "") + number(value).replace('-', '−') + " %"));
        }
        return new Scale(value -> (value + top) / (2 * top), ticks);
    }

    private static double round(double top) {
        if (!(top > 0)) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(top)));
        for (double step : new double[] {1, 2, 4, 6, 8}) {
            if (top <= step * power * (1 + 1e-9)) {
                return step * power;
            }
        }
        return 10 * power;
    }

    static String number(double value) {
        String text = String.format(Locale.ROOT, Math.abs(value) >= 1000 ? "%,.0f" : "%.3f", value);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }
}
