package io.bascule.load;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** Whole runs, in a word. */
final class Runs {

    static final Duration SECOND = Duration.ofSeconds(1);

    /** A run's result and all it told its listener. */
    record Heard(LoadResult result, List<LoadResponse> responses) {
        LoadResponse first() {
            return responses.getFirst();
        }
    }

    private Runs() {}

    static Heard run(LoadProfile profile, RequestSource source) throws InterruptedException {
        var responses = new CopyOnWriteArrayList<LoadResponse>();
        try (var run = LoadGenerator.start(profile, source, responses::add)) {
            return new Heard(run.await(), responses);
        }
    }

    /** Twenty GETs within 200 ms. */
    static Heard twenty(URI target) throws InterruptedException {
        return run(
                LoadProfile.of(target, 100).lasting(Duration.ofMillis(200)),
                RequestSource.repeating(LoadRequest.get("/")));
    }

    static Percentiles percentiles(LatencyHistogram of) {
        return Objects.requireNonNull(of.percentiles(), "there are no times");
    }

    static RequestSource get() {
        return RequestSource.repeating(LoadRequest.get("/"));
    }
}
