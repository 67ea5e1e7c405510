package io.bascule.aws.api;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Answers of one look by what was asked. What was not answered is not asked again either. Safe for threads. */
public final class Once<T> {
    private final Map<String, Call<T>> known = new HashMap<>();

    public synchronized Call<T> of(String what, Supplier<Call<T>> ask) {
        return known.computeIfAbsent(what, _ -> ask.get());
    }
}
