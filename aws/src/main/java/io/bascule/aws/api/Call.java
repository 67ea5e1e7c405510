package io.bascule.aws.api;

import io.bascule.core.port.Authority;
import io.bascule.core.port.Outcome;
import java.util.List;
import java.util.function.Function;

/** How one call ended. Tells apart what certainly had no effect from what may have had one. */
public sealed interface Call<T> {

    record Answered<T>(T value) implements Call<T> {}

    /**
     * AWS answered, and did nothing.
     *
     * @param code AWS's own name for the error
     * @param again whether the same call may succeed later: throttled, busy
     */
    record Rejected<T>(String code, String why, boolean again) implements Call<T> {}

    /** Nobody was reached: certainly without effect. */
    record NotSent<T>(String why) implements Call<T> {}

    /** Sent and perhaps carried out; no answer that can be relied on. */
    record Lost<T>(String why) implements Call<T> {}

    default String why() {
        return switch (this) {
            case Answered<T> _ -> "answered";
            case Rejected<T> rejected -> rejected.why();
            case NotSent<T> notSent -> notSent.why();
            case Lost<T> lost -> lost.why();
        };
    }

    /** The same with what is made of the answer. */
    default <R> Call<R> map(Function<T, R> made) {
        return switch (this) {
            case Answered<T>(T value) -> new Answered<>(made.apply(value));
            case Rejected<T>(String code, String why, boolean again) -> new Rejected<>(code, why, again);
            case NotSent<T>(String why) -> new NotSent<>(why);
            case Lost<T>(String why) -> new Lost<>(why);
        };
    }

    /** The one that was asked for by its name, or that there is none. */
    static <T> Call<T> first(Call<List<T>> call, String none) {
        return call instanceof Answered<List<T>>(var found) && found.isEmpty()
                ? new Rejected<>("", none, false)
                : call.map(List::getFirst);
    }

    /** What a read tells of permission: denied, or not known, or whatever is asked with the answer. */
    default Authority authority(Function<T, Authority> mayChange) {
        return switch (this) {
            case Answered<T>(T value) -> mayChange.apply(value);
            case Rejected<T> rejected
            when rejected.code().startsWith("AccessDenied") -> new Authority.Denied(rejected.why());
            case Call<T> other -> new Authority.Untold(other.why());
        };
    }

    /** As an actuator answers it; {@code changeId} names what was answered. */
    default Outcome outcome(Function<T, String> changeId) {
        return switch (this) {
            case Answered<T>(T value) -> new Outcome.Done(changeId.apply(value));
            case Rejected<T> rejected -> new Outcome.Refused(rejected.why(), rejected.again());
            case NotSent<T> notSent -> new Outcome.Refused(notSent.why(), true);
            case Lost<T> lost -> new Outcome.Unknown(lost.why());
        };
    }
}
