package io.bascule.load.scenario;

import io.bascule.load.Continuation;
import io.bascule.load.LoadRequest;
import io.bascule.load.LoadResponse;
import io.bascule.load.ResponseCheck;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One user's way through a scenario: the values it has, its cookies, the step it is at. For one event loop. */
final class Visit {

    private final Scenario scenario;
    private final SplittableRandom random;
    private final Map<String, String> values = new HashMap<>();
    private final Cookies cookies = new Cookies();

    Visit(Scenario scenario, SplittableRandom random, Map<String, String> values) {
        this.scenario = scenario;
        this.random = random;
        this.values.putAll(values);
    }

    LoadRequest first() {
        return request(0);
    }

    private LoadRequest request(int index) {
        Step step = scenario.steps().get(index);
        values.put("uuid", new UUID(random.nextLong(), random.nextLong()).toString());
        LoadRequest request = filled(step);
        LoadRequest sent = cookies.isEmpty() ? request : request.withHeader("Cookie", cookies.header());
        return sent.expecting(new Expected(step)).then(response -> next(index, response));
    }

    /** The request of a step that is the same every time. */
    static LoadRequest constant(Step step) {
        LoadRequest request = request(step, Map.of());
        return step.checks().isEmpty() ? request : request.expecting(new Expected(step));
    }

    private LoadRequest filled(Step step) {
        return request(step, values);
    }

    private static LoadRequest request(Step step, Map<String, String> values) {
        String body = step.body().fill(values, text -> text);
        return new LoadRequest(
                step.method(),
                step.path().fill(values, Visit::encoded),
                step.headers(values),
                ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)),
                null,
                null,
                step.name(),
                null);
    }

    private Continuation.@Nullable Next next(int index, LoadResponse response) {
        if (response.failed() || index + 1 >= scenario.steps().size()) {
            return null;
        }
        Step step = scenario.steps().get(index);
        cookies.take(response.headers().all("Set-Cookie"));
        var body = new Body(response);
        for (Extract extract : step.extracts()) {
            extract.take(response, body).ifPresent(value -> values.put(extract.name(), value));
        }
        return new Continuation.Next(think(step), request(index + 1));
    }

    private Duration think(Step step) {
        long least = step.thinkLeast().toNanos();
        long most = step.thinkMost().toNanos();
        return Duration.ofNanos(most > least ? random.nextLong(least, most + 1) : least);
    }

    /** Percent-encoded for paths and queries. */
    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Without what would end a header. */
    static String headerSafe(String value) {
        return value.chars().allMatch(c -> c >= ' ' && c < 0x7f) ? value : value.replaceAll("[^ -~]", "?");
    }

    /** A step's checks; a value that is to be taken from the response must be there, too. */
    private record Expected(Step step) implements ResponseCheck {

        @Override
        public Optional<Boolean> status(int status) {
            return step.checks().stream()
                    .filter(Check.Status.class::isInstance)
                    .map(check -> ((Check.Status) check).oneOf().contains(status))
                    .reduce(Boolean::logicalAnd);
        }

        @Override
        public boolean passes(LoadResponse response) {
            var body = new Body(response);
            return step.checks().stream().allMatch(check -> check.holds(response, body))
                    && step.extracts().stream()
                            .allMatch(extract -> extract.take(response, body).isPresent());
        }
    }
}
