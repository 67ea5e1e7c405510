package io.bascule.planfile.table;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.Dataset;
import io.bascule.core.plan.Metric;
import io.bascule.core.plan.Side;
import io.bascule.planfile.keys.Context;
import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.Types;
import io.bascule.planfile.keys.Values;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One kind of step: its table of keys, and what its values become.
 *
 * @param doc one sentence
 * @param planned the key of the planned time, with the kind's default
 * @param timeOut the key of the time-out, with the kind's default
 */
record StepKind(String word, String doc, Section section, Key<Duration> planned, Key<Duration> timeOut, Maker maker) {
    static final Key<String> OWNER = Key.of("owner", Types.NAME, "The person who answers for the step.")
            .orElseSaid("the first person with the role lead");

    /** What a step's values may refer to. */
    record Scope(Map<String, Metric> metrics, List<Dataset> datasets, Context context) {
        Optional<Action.Connection> connection(String field, String location) {
            for (Dataset dataset : datasets) {
                for (Side side : Side.values()) {
                    if (dataset.moved()
                            .filter(moved -> moved.location(side).equals(location))
                            .isPresent()) {
                        return Optional.of(new Action.Connection(dataset.name(), side, field));
                    }
                }
            }
            return Optional.empty();
        }
    }

    @FunctionalInterface
    interface Maker {
        Action make(Values values, Scope scope);
    }

    /** A kind whose times have plain defaults. */
    static StepKind of(String word, String doc, String planned, String timeOut, Maker maker, Key<?>... keys) {
        return with(
                word,
                doc,
                plannedKey().orElse(planned),
                timeOutKey().orElse(timeOut),
                maker,
                Section.of(what(word), keys));
    }

    /** A kind whose planned time follows from its other values; the text says how. */
    static StepKind lasting(String word, String doc, String planned, String timeOut, Maker maker, Key<?>... keys) {
        Key<Duration> said = timeOutKey();
        Key<Duration> limit = timeOut.matches("\\d.*") ? said.orElse(timeOut) : said.orElseSaid(timeOut);
        return with(word, doc, plannedKey().orElseSaid(planned), limit, maker, Section.of(what(word), keys));
    }

    static StepKind with(
            String word, String doc, Key<Duration> planned, Key<Duration> timeOut, Maker maker, Section own) {
        return new StepKind(word, doc, own.with(List.of(OWNER, planned, timeOut)), planned, timeOut, maker);
    }

    static Key<Duration> plannedKey() {
        return Key.of("planned", Types.DURATION, "How long the step should take.");
    }

    static Key<Duration> timeOutKey() {
        return Key.of("time-out", Types.DURATION, "How long one call of the step may take.");
    }

    static String what(String word) {
        return "a '" + word + "' step";
    }
}
