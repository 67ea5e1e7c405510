package io.bascule.load;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** One event loop's numbers, or several loops' added up. */
record Part(LoadResult total, SortedMap<String, RequestOutcome> byRequest, long warmUp) {

    Part {
        byRequest = Collections.unmodifiableSortedMap(new TreeMap<>(byRequest));
    }

    Part add(Part other) {
        var names = new TreeMap<>(byRequest);
        other.byRequest.forEach((name, each) -> names.merge(name, each, RequestOutcome::add));
        return new Part(total.add(other.total), names, warmUp + other.warmUp);
    }
}
