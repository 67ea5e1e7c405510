package io.bascule.aws.detect;

import io.bascule.aws.api.Call;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Answers of one look by what was asked. What was not answered is not asked again either. Safe for threads. */
final class Once<T> {
    private final Map<String, Call<T>> known = new HashMap<>();

    synchronized Call<T> of(String what, Supplier<Call<T>> ask) {
        return known.computeIfAbsent(what, _ -> ask.get());
    }
}
