package io.bascule.app.world;

import io.bascule.core.json.Json;
import io.bascule.core.json.JsonException;
import io.bascule.load.LoadGenerator;
import io.bascule.load.LoadProfile;
import io.bascule.load.LoadRequest;
import io.bascule.load.LoadResponse;
import io.bascule.load.LoadRun;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The people on the shop: 500 requests a second, every tenth a write of its own, all the while. They wait up to 30 s
 * for an answer, never repeat a write, and keep a {@link Ledger} of what was acknowledged.
 */
final class Users implements AutoCloseable {
    static final double RATE = 500;
    private static final int EVERY_WRITE = 10;
    private static final int SEEDED_ORDERS = 5_000;
    private static final Duration TIME_OUT = Duration.ofSeconds(30);

    private final Ledger ledger = new Ledger();
    private final SideSeconds seconds = new SideSeconds();
    private final Gaps reads = new Gaps();
    private final Gaps writes = new Gaps();
    private final AtomicLong parkedMaxMillis = new AtomicLong();
    private final AtomicLong parked = new AtomicLong();
    private final LoadRun run;

    Users(URI door) {
        LoadProfile profile =
                LoadProfile.of(door, RATE).withConnections(1_500).withTimeOuts(Duration.ofSeconds(5), TIME_OUT);
        run = LoadGenerator.start(profile, Users::request, this::completed);
    }

    private static LoadRequest request(long arrival) {
        if (arrival % EVERY_WRITE == 0) {
            String key = "u-" + arrival;
            String body = Json.write(Json.object("user", "user-" + arrival % 200, "key", key, "amount", arrival % 97));
            return LoadRequest.post("/orders", "application/json", body).withTag(key);
        }
        long id = 1 + (arrival * 7919) % SEEDED_ORDERS;
        return LoadRequest.get(arrival % 3 == 0 ? "/" : "/orders/" + id);
    }

    private void completed(LoadResponse response) {
        long now = System.nanoTime();
        String side = Objects.requireNonNullElse(response.headers().first("X-Bascule-Side"), "none");
        seconds.add(response.intended().getEpochSecond(), side, response.latencyNanos() / 1_000, response.failed());
        Duration held = response.parked();
        if (held != null) {
            parked.incrementAndGet();
            parkedMaxMillis.accumulateAndGet(held.toMillis(), Math::max);
        }
        Object key = response.tag();
        if (key == null) {
            note(reads, response, now);
        } else {
            note(writes, response, now);
            written(key.toString(), response);
        }
    }

    private static void note(Gaps gaps, LoadResponse response, long now) {
        if (!response.failed()) {
            gaps.success(now);
        }
    }

    private void written(String key, LoadResponse response) {
        Optional<Long> id = response.failed() ? Optional.empty() : idOf(response.bodyText());
        id.ifPresentOrElse(known -> ledger.acknowledged(key, known), () -> ledger.unanswered(key));
    }

    private static Optional<Long> idOf(String body) {
        try {
            return Json.parse(body) instanceof Map<?, ?> map && map.get("id") instanceof Long id
                    ? Optional.of(id)
                    : Optional.empty();
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    Ledger ledger() {
        return ledger;
    }

    /** No more arrivals; whoever is still waiting may wait on for a while. */
    void stop() throws InterruptedException {
        run.stop(TIME_OUT);
        run.await();
    }

    @Override
    public void close() {
        run.close();
    }

    /** Totals so far. */
    SequencedMap<String, @Nullable Object> totals() {
        var result = run.snapshot();
        SequencedMap<String, @Nullable Object> json = Json.object(
                "requests", result.requests(),
                "failed", result.failed(),
                "abandoned", result.abandoned(),
                "parked", parked.get(),
                "writePauseMillis", parkedMaxMillis.get(),
                "longestGapReadsMillis", reads.longestMillis(),
                "longestGapWritesMillis", writes.longestMillis());
        SequencedMap<String, @Nullable Object> errors = Json.object();
        result.errors().forEach((kind, count) -> errors.put(kind.label(), count));
        json.put("errors", errors);
        json.put("validity", result.validity().label());
        return json;
    }

    Object secondsJson() {
        return seconds.toJson();
    }
}
