package io.bascule.embedded.probe;

import io.bascule.core.json.JsonException;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.HealthProbe;
import io.bascule.core.port.Verdict;
import io.bascule.embedded.http.HttpAsk;
import io.bascule.embedded.http.HttpCaller;
import io.bascule.embedded.http.HttpCaller.Answered;
import io.bascule.embedded.http.HttpCaller.Call;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks an application over HTTP: its health page, and {@code GET /status} for what it says of itself:
 * {@code {"database": "target/shop.db", "writable": true, "version": "3.0.0"}}. Safe for threads.
 */
public final class HttpHealthProbe implements HealthProbe {
    private final URI base;
    private final String health;
    private final InstantSource clock;

    /**
     * @param base of the application, without a trailing slash
     * @param health path that answers 2xx when it can serve
     * @param clock the run's clock
     */
    public HttpHealthProbe(URI base, String health, InstantSource clock) {
        this.base = base;
        this.health = health;
        this.clock = clock;
    }

    private Call get(String path, Deadline deadline) {
        return HttpCaller.call("GET", URI.create(base + path), Map.of(), "", deadline.left(clock.instant()));
    }

    @Override
    public Finding check(String path, int expectStatus, Deadline deadline) {
        long start = System.nanoTime();
        Call call = get(path, deadline);
        if (!(call instanceof Answered answered)) {
            return Finding.of(new Verdict.Errored(call.why()), "path", path);
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        Verdict verdict = answered.status() == expectStatus
                ? new Verdict.Pass(path + " answered " + expectStatus)
                : new Verdict.Fail(path + " answered " + answered.status() + " instead of " + expectStatus);
        return Finding.of(verdict, "path", path, "status", answered.status(), "tookMillis", millis);
    }

    @Override
    public Report report(Deadline deadline) {
        Call alive = get(health, deadline);
        Call status = get("/status", deadline);
        if (!(alive instanceof Answered page)) {
            return new Silent(alive.why());
        }
        if (!(status instanceof Answered told) || told.status() != 200) {
            return new Silent(status.why());
        }
        try {
            return told(page.status() / 100 == 2, HttpAsk.object(told.body()));
        } catch (JsonException e) {
            return new Silent("/status is not understood: " + e.getMessage());
        }
    }

    private static Report told(boolean healthy, Map<String, @Nullable Object> json) {
        if (!(json.get("database") instanceof String database) || !(json.get("writable") instanceof Boolean writable)) {
            return new Silent("/status tells no database and writable");
        }
        return new Told(healthy, database, writable, String.valueOf(json.getOrDefault("version", "")));
    }
}
