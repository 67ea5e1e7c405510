package io.bascule.embedded.shop;

import io.bascule.core.json.JsonException;
import io.bascule.embedded.http.HttpAsk;
import io.bascule.embedded.http.HttpReply;
import io.bascule.embedded.http.HttpService;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.concurrent.RejectedExecutionException;

/**
 * The demo's application: orders on SQLite. It promises nothing about repeats: each accepted POST is one row.
 *
 * <pre>
 * GET  /health · /status · / · /orders?limit= · /orders/{id}
 * POST /orders {user, key, amount} · /fence-probe · /fault?slow=MS&amp;errors=PERCENT (bearer token)
 * /jobs/invoices: {@link JobPages}
 * </pre>
 *
 * A write that the database's fence refuses is 503 with {@code X-Bascule-Fenced: true}. Safe for threads.
 */
public final class Shop implements AutoCloseable {
    /** A write of every user's kind, to be rolled back. */
    static final String TRY = "insert into orders(user, key, amount, at) values ('tried', 'tried', 0, 'tried')";

    private static final String JOB = "/jobs/invoices";

    private final ShopConfig config;
    private final Connector connector;
    private final InvoiceJob job;
    private final OrderPages orders;
    private final JobPages jobPages;
    private final Faults faults = new Faults();
    private final WriteCheck writeCheck = new WriteCheck();
    private final HttpService http;

    private Shop(ShopConfig config, InstantSource clock) throws IOException {
        this.config = config;
        this.connector = new Connector(config, clock);
        this.job = new InvoiceJob(config, connector, clock);
        this.orders = new OrderPages(clock);
        this.jobPages = new JobPages(job, this, clock);
        this.http = HttpService.start("shop-" + config.side(), config.listen(), this::answer);
    }

    /** Listens and returns, whether its database is there or not. */
    public static Shop start(ShopConfig config) throws IOException {
        return new Shop(config, InstantSource.system());
    }

    public URI uri() {
        return http.uri();
    }

    /** @throws SQLException while the configured database is not there */
    ShopDatabase database() throws SQLException {
        return connector.database().orElseThrow(() -> new SQLException(connector.trouble()));
    }

    private HttpReply answer(HttpAsk ask) throws InterruptedException, IOException {
        try {
            return ask.path().startsWith(JOB) ? jobPages.answer(ask, ask.path().substring(JOB.length())) : route(ask);
        } catch (SQLException e) {
            return refused(e);
        } catch (RejectedExecutionException e) {
            return comeAgain("the database is being switched");
        } catch (IllegalArgumentException | JsonException | DateTimeParseException e) {
            return HttpReply.json(400, "why", String.valueOf(e.getMessage()));
        }
    }

    private static HttpReply refused(SQLException e) {
        HttpReply reply = comeAgain(String.valueOf(e.getMessage()));
        return ShopDatabase.isFenced(e) ? reply.with("X-Bascule-Fenced", "true") : reply;
    }

    private static HttpReply comeAgain(String why) {
        return HttpReply.json(503, "why", why).with("retry-after", "1").with("cache-control", "no-store");
    }

    private HttpReply route(HttpAsk ask) throws SQLException, InterruptedException {
        return switch (ask.method() + " " + ask.path()) {
            case "GET /health" -> health();
            case "GET /status" -> status();
            case "POST /fence-probe" -> {
                database().tryOut(TRY);
                yield HttpReply.json(200, "accepted", true);
            }
            case "POST /fault" -> fault(ask);
            default -> page(ask);
        };
    }

    private HttpReply page(HttpAsk ask) throws SQLException, InterruptedException {
        var fault = faults.meet();
        return fault.isPresent() ? fault.get() : orders.answer(ask, database());
    }

    private HttpReply health() throws SQLException, InterruptedException {
        database().read(connection -> ShopDatabase.count(connection, "select count(*) from orders where id < 0"));
        return HttpReply.text(200, "ok\n");
    }

    private HttpReply status() throws InterruptedException {
        var database = connector.database();
        boolean writable = database.isPresent() && writeCheck.accepts(database.get());
        return HttpReply.json(
                200,
                "side",
                config.side(),
                "version",
                config.version(),
                "healthy",
                database.isPresent(),
                "database",
                connector.location(),
                "writable",
                writable,
                "configRevision",
                connector.revision(),
                "trouble",
                database.isPresent() ? "" : connector.trouble(),
                "invoices",
                job.state().fields());
    }

    private HttpReply fault(HttpAsk ask) {
        if (config.admin().isEmpty()
                || !config.admin().get().accepts(ask.header("authorization").orElse(""))) {
            return HttpReply.text(401, "not authorised\n");
        }
        faults.set(
                Duration.ofMillis(Long.parseLong(ask.query().getOrDefault("slow", "0"))),
                Double.parseDouble(ask.query().getOrDefault("errors", "0")));
        return HttpReply.json(200, "slowMillis", faults.slow().toMillis(), "errorPercent", faults.errorPercent());
    }

    @Override
    public void close() {
        http.close();
        job.close();
        connector.close();
    }
}
