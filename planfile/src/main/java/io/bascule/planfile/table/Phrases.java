package io.bascule.planfile.table;

import io.bascule.core.plan.JudgementRule.NoDataPolicy;
import io.bascule.core.plan.Metric;
import io.bascule.core.plan.ShiftStage;
import io.bascule.core.plan.Weight;
import io.bascule.planfile.keys.ScalarType;
import io.bascule.planfile.keys.Types;
import io.bascule.planfile.keys.WrongText;
import io.bascule.planfile.problem.Code;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The short phrases of plans that hold more than one value, and their types. */
final class Phrases {
    /** {@code 2 of 3}. */
    record Votes(int failures, int windows) {}

    static final ScalarType<Votes> VOTES = ScalarType.text(
            Code.PHRASE,
            "the phrase 'K of N'",
            "2 of 3",
            "^\\d{1,3} of \\d{1,3}$",
            Phrases::votes,
            votes -> votes.failures() + " of " + votes.windows(),
            new Votes(1, 1));

    /** {@code within 3 points}; as a fraction. */
    static final ScalarType<Double> POINTS = ScalarType.text(
            Code.PHRASE,
            "the phrase 'within N points'",
            "within 3 points",
            "^within \\d{1,2}(\\.\\d{1,2})? points?$",
            text -> Double.parseDouble(match(text, "^within (\\d{1,2}(\\.\\d{1,2})?) points?$")
                            .group(1))
                    / 100,
            Types::decimal,
            0.0);

    /** {@code failed / requests}. */
    static final ScalarType<Metric.Rate> RATE_OF = ScalarType.text(
            Code.PHRASE,
            "a rate of two counters",
            "failed / requests",
            "^[a-z][a-z0-9-]* */ *[a-z][a-z0-9-]*$",
            Phrases::rateOf,
            rate -> rate.numerator() + " / " + rate.denominator(),
            new Metric.Rate("none", "none"));

    /** {@code 10% for 10s}, or {@code 100%} alone. */
    static final ScalarType<ShiftStage> STAGE = ScalarType.text(
            Code.PHRASE,
            "a stage",
            "10% for 10s",
            "^(100(\\.0{1,2})?|\\d{1,2}(\\.\\d{1,2})?)%( for (?=\\d)(\\d{1,6}d)?(\\d{1,6}h)?(\\d{1,6}m)?(\\d{1,6}s)?(\\d{1,6}ms)?)?$",
            Phrases::stage,
            stage -> stage.target() + " for " + stage.soak(),
            new ShiftStage(Weight.ZERO, Duration.ZERO));

    /** {@code POST /fence-probe}. */
    static final ScalarType<String> REQUEST = ScalarType.text(
            Code.PHRASE,
            "a method and a path",
            "POST /fence-probe",
            "^(POST|PUT|PATCH|DELETE) /\\S*$",
            text -> match(text, "^((POST|PUT|PATCH|DELETE) /\\S*)$").group(1),
            text -> text,
            "POST /");

    /** {@code zero when requests >= 50}. */
    static final ScalarType<Long> ZERO_WHEN = Types.phrase("zero when requests >= ", "");

    static final ScalarType<Long> PER_STAGE = Types.phrase("", " per stage");

    static final ScalarType<Long> PARK = Types.phrase("at most ", "");

    static final ScalarType<NoDataPolicy> NO_DATA_THEN = Types.words(
            Map.of(
                    "hold", NoDataPolicy.HOLD,
                    "back one stage", NoDataPolicy.BACK_ONE_STAGE,
                    "roll back", NoDataPolicy.ROLL_BACK),
            NoDataPolicy.HOLD);

    private Phrases() {}

    private static Votes votes(String text) throws WrongText {
        Matcher matcher = match(text, "^(\\d{1,3}) of (\\d{1,3})$");
        int failures = Integer.parseInt(matcher.group(1));
        int windows = Integer.parseInt(matcher.group(2));
        if (failures < 1 || failures > windows) {
            throw WrongText.because("'" + text + "' can never be: K of N needs 1 <= K <= N");
        }
        return new Votes(failures, windows);
    }

    private static Metric.Rate rateOf(String text) throws WrongText {
        Matcher matcher = match(text, "^([a-z][a-z0-9-]*) */ *([a-z][a-z0-9-]*)$");
        return new Metric.Rate(matcher.group(1), matcher.group(2));
    }

    private static ShiftStage stage(String text) throws WrongText {
        Matcher matcher = match(text, "^((?:100|\\d{1,2})(?:\\.\\d{1,2})?)%(?: for (\\S+))?$");
        double percent = Double.parseDouble(matcher.group(1));
        if (percent > 100) {
            throw WrongText.whole();
        }
        String soak = matcher.group(2);
        return new ShiftStage(Weight.percent(percent), soak == null ? Duration.ZERO : soak(text, soak));
    }

    private static Duration soak(String text, String soak) throws WrongText {
        try {
            return Types.duration(soak);
        } catch (WrongText wrong) {
            throw WrongText.at(text.indexOf(soak), "expected a duration such as 10s after 'for', found '" + soak + "'");
        }
    }

    private static Matcher match(String text, String pattern) throws WrongText {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.matches()) {
            throw WrongText.whole();
        }
        return matcher;
    }
}
