package io.bascule.load.scenario;

import io.bascule.load.Continuation;
import io.bascule.load.LoadRequest;
import io.bascule.load.LoadResponse;
import io.bascule.load.ResponseCheck;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One user's way through a scenario: the values it has, its cookies, the step it is at. For one event loop. */
final class Visit {

    private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final Scenario scenario;
    private final SplittableRandom random;
    private final Map<String, String> values;
    private final Cookies cookies = new Cookies();

    /** @param values what it begins with; taken over */
    Visit(Scenario scenario, SplittableRandom random, Map<String, String> values) {
        this.scenario = scenario;
        this.random = random;
        this.values = values;
    }

    LoadRequest first() {
        return request(0);
    }

    private LoadRequest request(int index) {
        Step step = scenario.steps().get(index);
        if (step.needs("uuid")) {
            values.put("uuid", new UUID(random.nextLong(), random.nextLong()).toString());
        }
        boolean last = index + 1 == scenario.steps().size();
        LoadRequest request = request(step, values, last ? null : response -> next(index, response));
        return cookies.isEmpty() ? request : request.withHeader("Cookie", cookies.header());
    }

    /** The request of a step that is the same every time. */
    static LoadRequest constant(Step step) {
        return request(step, Map.of(), null);
    }

    private static LoadRequest request(Step step, Map<String, String> values, @Nullable Continuation then) {
        String body = step.body().fill(values, text -> text);
        boolean expects = !step.checks().isEmpty() || !step.extracts().isEmpty();
        return new LoadRequest(
                step.method(),
                step.path().fill(values, Visit::encoded),
                step.headers(values),
                body.isEmpty() ? NO_BODY : ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)),
                expects ? new Expected(step) : null,
                null,
                step.name(),
                then);
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
        return isUnreserved(value)
                ? value
                : URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static boolean isUnreserved(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean digit = c >= '0' && c <= '9';
            if (!letter && !digit && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }

    /** Without what would end a header. */
    static String headerSafe(String value) {
        return value.chars().allMatch(c -> c >= ' ' && c < 0x7f) ? value : value.replaceAll("[^ -~]", "?");
    }

    /** A step's checks; a value that is to be taken from the response must be there, too. */
    private record Expected(Step step) implements ResponseCheck {

        @Override
        public Optional<Boolean> status(int status) {
            boolean asked = false;
            boolean wanted = true;
            for (Check check : step.checks()) {
                if (check instanceof Check.Status(List<Integer> oneOf)) {
                    asked = true;
                    wanted &= oneOf.contains(status);
                }
            }
            return asked ? Optional.of(wanted) : Optional.empty();
        }

        @Override
        public boolean passes(LoadResponse response) {
            var body = new Body(response);
            for (Check check : step.checks()) {
                if (!check.holds(response, body)) {
                    return false;
                }
            }
            for (Extract extract : step.extracts()) {
                if (extract.take(response, body).isEmpty()) {
                    return false;
                }
            }
            return true;
        }
    }
}
