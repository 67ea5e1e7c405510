package io.bascule.embedded.frontdoor;

import io.bascule.core.json.Json;
import io.bascule.core.json.JsonException;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Outcome;
import io.bascule.embedded.http.HttpAsk;
import io.bascule.embedded.http.HttpCaller;
import io.bascule.embedded.http.HttpCaller.Answered;
import io.bascule.embedded.http.HttpCaller.Call;
import io.bascule.embedded.http.HttpCaller.Lost;
import io.bascule.embedded.http.HttpCaller.NotSent;
import io.bascule.embedded.http.Secret;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Speaks the control API. Safe for threads. */
final class ControlClient {
    private final URI control;
    private final Secret token;
    private final InstantSource clock;

    ControlClient(URI control, Secret token, InstantSource clock) {
        this.control = control;
        this.token = token;
        this.clock = clock;
    }

    /** The answer's JSON, or why there is none. */
    record Answer(@Nullable Map<String, @Nullable Object> json, int status, String why) {}

    Call call(String method, String path, String body, Deadline deadline) {
        return HttpCaller.call(
                method,
                URI.create(control + path),
                Map.of("Authorization", token.bearer()),
                body,
                deadline.left(clock.instant()));
    }

    Answer get(String path, Deadline deadline) {
        Call call = call("GET", path, "", deadline);
        if (!(call instanceof Answered answered)) {
            return new Answer(null, 0, call.why());
        }
        if (answered.status() != 200) {
            return new Answer(null, answered.status(), answered.why());
        }
        try {
            return new Answer(HttpAsk.object(answered.body()), 200, "");
        } catch (JsonException e) {
            return new Answer(null, 200, "not understood: " + e.getMessage());
        }
    }

    /** Asks for a change; {@code drainMillis} only for weights. */
    Outcome put(String path, Change change, long drainMillis, Deadline deadline) {
        SequencedMap<String, @Nullable Object> body = Json.object(
                "token", change.token(),
                "notAfter", change.notAfter(),
                "expected", change.expected().owned(),
                "wanted", change.wanted().owned());
        if (drainMillis > 0) {
            body.put("drainMillis", drainMillis);
        }
        return outcome(call("PUT", path, Json.write(body), deadline));
    }

    static Outcome outcome(Call call) {
        return switch (call) {
            case NotSent(String why) -> new Outcome.Refused(why, true);
            case Lost(String why) -> new Outcome.Unknown(why);
            case Answered answered ->
                switch (answered.status()) {
                    case 200 -> new Outcome.Done(revision(answered));
                    case 507 -> new Outcome.Refused(answered.why(), true);
                    case 400, 401, 404, 409, 410 -> new Outcome.Refused(answered.why(), false);
                    default -> new Outcome.Unknown(answered.why());
                };
        };
    }

    private static String revision(Answered answered) {
        try {
            Object revision = HttpAsk.object(answered.body()).get("revision");
            return revision == null ? "" : "revision " + revision;
        } catch (JsonException e) {
            return "";
        }
    }
}
