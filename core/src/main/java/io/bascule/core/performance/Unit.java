package io.bascule.core.performance;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** What a figure is counted in. Shares are fractions inside and percentages where people read or write them. */
public enum Unit {
    MILLIS(" ms", 1),
    FRACTION(" %", 100),
    PER_SECOND("/s", 1),
    NUMBER("", 1);

    private final String sign;
    private final double shown;

    Unit(String sign, double shown) {
        this.sign = sign;
        this.shown = shown;
    }

    /** A value as people write it, inside: 99.2 percent become 0.992. */
    public double inside(double written) {
        return written / shown;
    }

    /** A value as people read it, without its sign. */
    public double outside(double value) {
        return value * shown;
    }

    /** With as many digits as say something, and the sign: {@code 12.3 ms}, {@code 99.95 %}. */
    public String text(double value) {
        double number = outside(value);
        double size = Math.abs(number);
        String form;
        if (this == FRACTION) {
            form = "%.2f";
        } else if (size >= 100) {
            form = "%,.0f";
        } else if (size >= 10) {
            form = "%.1f";
        } else {
            form = "%.2f";
        }
        return String.format(Locale.ROOT, form, number) + sign;
    }

    /** A number with up to three decimals, without trailing zeros. */
    static String plain(double value) {
        return BigDecimal.valueOf(value)
                .setScale(3, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** With its sign before it: {@code +1.2 ms}. Differences of shares are told in points. */
    public String signed(double difference) {
        String text = text(difference);
        String told = this == FRACTION ? text.replace(" %", " points") : text;
        return difference < 0 ? told.replace('-', '−') : "+" + told;
    }
}
