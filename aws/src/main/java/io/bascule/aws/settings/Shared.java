package io.bascule.aws.settings;

import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.NamesType;
import io.bascule.planfile.keys.ScalarType;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.Types;
import io.bascule.planfile.keys.Values;
import io.bascule.planfile.keys.WrongText;
import io.bascule.planfile.problem.Code;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Keys that several sections have. */
final class Shared {
    static final Key<String> REGION = Key.of(
                    "region",
                    text("a region", "eu-central-1", "^[a-z]{2}(-[a-z]+)+-\\d$"),
                    "The region whose API is asked; never guessed from the environment.")
            .required();

    private static final Key<String> NAMESPACE =
            Key.of("namespace", Types.PLAIN, "The metrics' namespace.").orElse("AWS/ApplicationELB");
    private static final Key<String> REQUESTS =
            Key.of("requests", Types.PLAIN, "The metric that counts requests.").orElse("RequestCount");
    private static final Key<String> FAILED =
            Key.of("failed", Types.PLAIN, "The metric that counts failed ones.").orElse("HTTPCode_Target_5XX_Count");
    private static final Key<String> LATENCY =
            Key.of("latency", Types.PLAIN, "The metric of how long they took.").orElse("TargetResponseTime");
    private static final Key<String> UNIT = Key.of(
                    "unit",
                    Types.words(Map.of("seconds", "seconds", "milliseconds", "milliseconds"), "seconds"),
                    "The unit of that metric.")
            .orElse("seconds");
    private static final Key<Duration> PERIOD = Key.of(
                    "period", Types.DURATION, "The period that CloudWatch counts in; 1m for the load balancers' own.")
            .orElse("1m");
    private static final Key<Duration> DELAY = Key.of(
                    "delay", Types.DURATION, "How late data comes; a window is read so much earlier.")
            .orElse("2m");
    private static final Key<String> SOURCE = Key.of(
                    "source", Types.TEXT, "The dimensions of the source's metrics: LoadBalancer=app/old/50dc.")
            .required();
    private static final Key<String> TARGET = Key.of("target", Types.TEXT, "The dimensions of the target's metrics.")
            .required();

    /** Figures whose dimensions follow from the router's own settings. */
    static final Key<Values> NUMBERS = Key.of(
                    "numbers",
                    Section.of("where the figures are", NAMESPACE, REQUESTS, FAILED, LATENCY, UNIT, PERIOD, DELAY),
                    "Where CloudWatch has the entrance's figures.")
            .orElse("{}");

    /** Figures whose dimensions must be said. */
    static final Key<Values> SAID_NUMBERS = Key.of(
                    "numbers",
                    Section.of(
                            "where the figures are",
                            NAMESPACE,
                            REQUESTS,
                            FAILED,
                            LATENCY,
                            UNIT,
                            PERIOD,
                            DELAY,
                            SOURCE,
                            TARGET),
                    "Where CloudWatch has each side's figures.")
            .required();

    /** What detectors find and the plan puts up with; each with its reason. */
    static final Key<SequencedMap<String, String>> EXCUSE = Key.of(
                    "excuse",
                    new NamesType<>("WHAT", "^\\S.{0,300}$", List.of(), Types.TEXT),
                    "What a detector finds and the plan puts up with, by the name that it is found under, and why.")
            .orElse("{}");

    /** AWS gives health checks no names: the plan's stands in a reference of 64 letters. */
    static final ScalarType<String> HEALTH_CHECK =
            text("a name of small letters, digits and dashes, at most 40", "shop-target", "^[a-z][a-z0-9-]{0,39}$");

    private Shared() {}

    /** A target group, told by an example of that side. */
    static ScalarType<String> targetGroup(String side) {
        return arn(
                "a target group's ARN",
                "elasticloadbalancing",
                "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/" + side + "/73e2d6bc24d8a067");
    }

    /** A text of a form that can be told before AWS is asked. */
    static ScalarType<String> text(String word, String example, String pattern) {
        return ScalarType.text(
                Code.TEXT,
                word,
                example,
                pattern,
                text -> {
                    if (!text.matches(pattern)) {
                        throw WrongText.whole();
                    }
                    return text;
                },
                text -> text,
                example);
    }

    static ScalarType<String> arn(String word, String service, String example) {
        return text(word, example, "^arn:aws[a-z-]*:" + service + ":[^ ]+$");
    }
}
