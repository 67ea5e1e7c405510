package io.bascule.embedded.frontdoor;

import io.bascule.core.json.Json;
import io.bascule.core.json.JsonException;
import io.bascule.core.plan.Side;
import io.bascule.embedded.frontdoor.DoorState.Standing;
import io.bascule.embedded.http.HttpAnswerer;
import io.bascule.embedded.http.HttpAsk;
import io.bascule.embedded.http.HttpReply;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The door's control API. Every request carries the bearer token. Bodies are JSON.
 *
 * <pre>
 * GET    /state                                    how the door stands
 * GET    /metrics?from=ISO&amp;to=ISO[&amp;percentile=95]   what passed in [from, to)
 * PUT    /weights  {token, notAfter?, expectedRevision?, expected?, wanted: {source, target, until?…}, drainMillis?}
 * PUT    /writes   {token, notAfter?, expectedRevision?, expected?, wanted: {writes, until?}}
 * GET    /claim · PUT /claim {owner, until} · DELETE /claim?owner=
 * </pre>
 *
 * 200 done or so already · 400 not understood · 401 · 409 another state, or another's claim · 410 too late.
 */
final class ControlApi implements HttpAnswerer {
    private final FrontDoorConfig config;
    private final DoorState state;
    private final Meter meter;
    private final HealthWatch health;

    ControlApi(FrontDoorConfig config, DoorState state, Meter meter, HealthWatch health) {
        this.config = config;
        this.state = state;
        this.meter = meter;
        this.health = health;
    }

    @Override
    public HttpReply answer(HttpAsk ask) {
        if (!config.token().accepts(ask.header("authorization").orElse(""))) {
            return HttpReply.text(401, "not authorised\n").with("www-authenticate", "Bearer");
        }
        try {
            return route(ask);
        } catch (IllegalArgumentException | JsonException e) {
            return HttpReply.json(400, "why", String.valueOf(e.getMessage()));
        }
    }

    private HttpReply route(HttpAsk ask) {
        return switch (ask.method() + " " + ask.path()) {
            case "GET /state" -> HttpReply.json(200, stateJson());
            case "GET /metrics" -> HttpReply.json(200, metrics(ask));
            case "PUT /weights" -> {
                Map<String, @Nullable Object> json = ask.json();
                Duration drain = Duration.ofMillis(Math.max(0, Texts.number(json, "drainMillis", 0)));
                yield reply(state.changeTraffic(ChangeRequest.parse(json), drain));
            }
            case "PUT /writes" -> reply(state.changeWrites(ChangeRequest.parse(ask.json())));
            case "GET /claim" ->
                HttpReply.json(200, "claim", image(state.standing().claim()));
            case "PUT /claim" -> takeClaim(ask.json());
            case "DELETE /claim" ->
                claimReply(state.changeClaim(ask.query().getOrDefault("owner", ""), Optional.empty()));
            default -> HttpReply.json(404, "why", "no such thing: " + ask.method() + " " + ask.path());
        };
    }

    private static HttpReply reply(Ruling ruling) {
        return switch (ruling) {
            case Ruling.Made(long revision, boolean changed) ->
                HttpReply.json(200, "revision", revision, "changed", changed);
            case Ruling.Conflict(long revision, var is) -> HttpReply.json(409, "revision", revision, "is", is);
            case Ruling.Late(String why) -> HttpReply.json(410, "why", why);
            case Ruling.Failed(String why) -> HttpReply.json(507, "why", why);
            case Ruling.Make() -> throw new IllegalStateException("a change was decided and not made");
        };
    }

    private HttpReply takeClaim(Map<String, @Nullable Object> json) {
        ClaimMark mark = new ClaimMark(Texts.text(json, "owner"), Texts.instant(Texts.text(json, "until")));
        return claimReply(state.changeClaim(mark.owner(), Optional.of(mark)));
    }

    private HttpReply claimReply(boolean ours) {
        return HttpReply.json(ours ? 200 : 409, "claim", image(state.standing().claim()));
    }

    private static @Nullable Object image(Optional<ClaimMark> claim) {
        return claim.map(ClaimMark::image).orElse(null);
    }

    private SequencedMap<String, @Nullable Object> stateJson() {
        Standing standing = state.standing();
        SequencedMap<String, @Nullable Object> json = Json.object(
                "at", standing.at(),
                "revision", standing.revision(),
                "traffic", standing.traffic().image(),
                "writes", standing.writes().image(),
                "claim", image(standing.claim()),
                "writeMethods", config.writeMethods().stream().sorted().toList(),
                "parkAtMost", (long) config.parkAtMost());
        json.putAll(counts(standing));
        return json;
    }

    private SequencedMap<String, @Nullable Object> counts(Standing standing) {
        return Json.object(
                "parked", standing.parked(),
                "writesInFlight", standing.writesInFlight(),
                "abandoned", meter.abandoned().get(),
                "clients", meter.clients().get(),
                "healthy", both(health.healthy(Side.SOURCE), health.healthy(Side.TARGET)),
                "openConnections",
                        both(
                                meter.of(Side.SOURCE).underWay(),
                                meter.of(Side.TARGET).underWay()),
                "sticky", both(standing.stickySource(), standing.stickyTarget()));
    }

    private static Map<String, @Nullable Object> both(long source, long target) {
        return Json.object("source", source, "target", target);
    }

    private SequencedMap<String, @Nullable Object> metrics(HttpAsk ask) {
        Instant from = Texts.instant(ask.query().get("from"));
        Instant to = Texts.instant(ask.query().get("to"));
        double percentile = Double.parseDouble(ask.query().getOrDefault("percentile", "95"));
        SequencedMap<String, @Nullable Object> json = Json.object("from", from, "to", to);
        for (Side side : Side.values()) {
            json.put(side.word(), sideJson(meter.of(side).sum(from, to), percentile));
        }
        json.putAll(counts(state.standing()));
        return json;
    }

    private static SequencedMap<String, @Nullable Object> sideJson(Bucket sum, double percentile) {
        TreeMap<String, Long> kinds = new TreeMap<>();
        sum.failures().forEach((kind, count) -> kinds.put(kind.word(), count));
        SequencedMap<String, @Nullable Object> json = Json.object(
                "requests", sum.requests(),
                "failed", sum.failed(),
                "writes", sum.writes(),
                "failures", kinds,
                "wasParked", sum.wasParked(),
                "longestPauseMillis", sum.pauseMillisMax(),
                "measured", sum.measured());
        if (sum.measured() > 0) {
            json.put("p50Millis", sum.millisAt(50));
            json.put("p95Millis", sum.millisAt(95));
            json.put("p99Millis", sum.millisAt(99));
            json.put("percentileMillis", sum.millisAt(percentile));
        }
        return json;
    }
}
