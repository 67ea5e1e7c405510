package io.bascule.embedded.shop;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The shop's singleton: every 200 ms it writes an invoice for each new order, when it runs. Whether it runs is kept
 * beside {@code app.properties}.
 */
final class InvoiceJob implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(InvoiceJob.class.getName());
    private static final Duration EVERY = Duration.ofMillis(200);
    private static final String INVOICE = """
            insert into invoices(order_id, at)
              select id, ? from orders where id > (select coalesce(max(order_id), 0) from invoices)
              order by id limit 500
            """;

    private final Connector connector;
    private final InstantSource clock;
    private final Path file;
    private final Thread thread;
    private final AtomicLong written = new AtomicLong();
    private JobState state;

    InvoiceJob(ShopConfig config, Connector connector, InstantSource clock) throws IOException {
        this.connector = connector;
        this.clock = clock;
        this.file = config.properties().resolveSibling("invoices.job.json");
        this.state = JobState.load(file, JobState.of(config.jobRuns()));
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("shop-invoices-" + config.side())
                .start(this::run);
    }

    synchronized JobState state() {
        return state.at(clock.instant());
    }

    /** Rows written since the start of this process. */
    long written() {
        return written.get();
    }

    /**
     * Brings the job to a state, if it is in the one expected.
     *
     * @return the state it was in, when that is not the one expected
     */
    synchronized Optional<JobState> change(Optional<JobState> expected, JobState wanted) throws IOException {
        JobState is = state();
        if (is.equals(wanted)) {
            return Optional.empty();
        }
        if (expected.isPresent() && !expected.get().equals(is)) {
            return Optional.of(is);
        }
        wanted.save(file);
        state = wanted;
        return Optional.empty();
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(EVERY);
                work();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (SQLException | RejectedExecutionException e) {
                LOG.log(Level.FINE, "no invoices this time", e); // fenced, or the database was switched
            }
        }
    }

    private void work() throws SQLException, InterruptedException {
        Optional<ShopDatabase> database = connector.database();
        if (database.isEmpty() || !state().isRunning()) {
            return;
        }
        Instant at = clock.instant();
        long rows = database.get().write(connection -> {
            if (!state().isRunning()) {
                return 0L; // paused while it waited for its turn: a pause that was answered lets nothing through
            }
            try (PreparedStatement insert = connection.prepareStatement(INVOICE)) {
                insert.setString(1, at.toString());
                return (long) insert.executeUpdate();
            }
        });
        written.addAndGet(rows);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
