package io.bascule.embedded.shop;

import io.bascule.core.json.Json;
import io.bascule.embedded.http.HttpAsk;
import io.bascule.embedded.http.HttpReply;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The pages under {@code /jobs/invoices}.
 *
 * <pre>
 * GET            {state, until?, else?, written}
 * POST /pause    {until?, else?, expected?: {state…}, notAfter?}      /resume alike
 * POST /run-once tries one write and takes it back: 503 refused by the database · 409 accepted though paused · 200
 * </pre>
 *
 * 409 another state than expected · 410 after {@code notAfter}.
 */
final class JobPages {
    private static final String TRY = "insert into invoices(order_id, at) values (-1, 'tried')";

    private final InvoiceJob job;
    private final Shop shop;
    private final InstantSource clock;

    JobPages(InvoiceJob job, Shop shop, InstantSource clock) {
        this.job = job;
        this.shop = shop;
        this.clock = clock;
    }

    HttpReply answer(HttpAsk ask, String page) throws IOException, SQLException, InterruptedException {
        return switch (ask.method() + " " + page) {
            case "GET " -> {
                SequencedMap<String, @Nullable Object> json = Json.object();
                json.putAll(job.state().fields());
                json.put("written", job.written());
                yield HttpReply.json(200, json);
            }
            case "POST /pause" -> change(ask, "paused");
            case "POST /resume" -> change(ask, "running");
            case "POST /run-once" -> runOnce();
            default -> HttpReply.json(404, "why", "no such page");
        };
    }

    private HttpReply change(HttpAsk ask, String to) throws IOException {
        Map<String, @Nullable Object> json = ask.json();
        Object notAfter = json.get("notAfter");
        if (notAfter != null && clock.instant().isAfter(Instant.parse(notAfter.toString()))) {
            return HttpReply.json(410, "why", "arrived after " + notAfter);
        }
        TreeMap<String, String> wanted = new TreeMap<>(Map.of("state", to));
        for (String key : new String[] {"until", "else"}) {
            if (json.get(key) != null) {
                wanted.put(key, String.valueOf(json.get(key)));
            }
        }
        Optional<JobState> is = job.change(expected(json), new JobState(wanted));
        return is.isPresent()
                ? HttpReply.json(409, "is", is.get().fields())
                : HttpReply.json(200, new TreeMap<>(job.state().fields()));
    }

    private static Optional<JobState> expected(Map<String, @Nullable Object> json) {
        if (!(json.get("expected") instanceof Map<?, ?> map)) {
            return Optional.empty();
        }
        TreeMap<String, String> fields = new TreeMap<>();
        map.forEach((key, value) -> fields.put(String.valueOf(key), String.valueOf(value)));
        return Optional.of(new JobState(fields));
    }

    private HttpReply runOnce() throws SQLException, InterruptedException {
        shop.database().tryOut(TRY);
        return job.state().isRunning()
                ? HttpReply.json(200, "accepted", true)
                : HttpReply.json(
                        409, "accepted", true, "why", "the job is paused, but its database would take the write");
    }
}
