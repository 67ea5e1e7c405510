package io.bascule.engine;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.port.Message;
import io.bascule.core.run.Entry;
import io.bascule.core.run.Fold;
import io.bascule.core.run.Order;
import io.bascule.core.run.OrderEnvelope;
import io.bascule.core.run.Orders;
import io.bascule.core.run.Program;
import io.bascule.core.run.RunEvent;
import io.bascule.core.run.RunId;
import io.bascule.core.run.RunState;
import io.bascule.core.run.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Plans, runs, journals, orders and messages, durable in an SQLite file or a PostgreSQL database. Safe for many
 * threads and many processes at once. What a method wrote is on disk when it returns; after {@link StoreTrouble} it may
 * or may not be; a crash leaves all of a method's writes or none.
 *
 * <pre>{@code
 * try (JdbcStore store = JdbcStore.open("jdbc:sqlite:/var/lib/bascule/store.db")) {
 *     store.create(new NewRun(id, planText, "run", now, started));
 *     store.order(id, new Order.Approve("go"), "ana", "os:ana@host", "all green", token);
 * }
 * }</pre>
 */
public final class JdbcStore implements AutoCloseable {
    private static final String ALL = "*";
    private static final Duration AT_ONCE = Duration.ofMinutes(5);

    private final Access access;
    private final RunTable runs;
    private final JournalTable journals;
    private final LeaseTable leases;
    private final OrderTable orders;
    private final OutboxTable outbox;
    private final ClaimTable claims = new ClaimTable();

    private JdbcStore(Access access) {
        this.access = access;
        this.runs = new RunTable(access.dialect());
        this.journals = new JournalTable(access.dialect());
        this.leases = new LeaseTable(access.dialect());
        this.orders = new OrderTable(access.dialect());
        this.outbox = new OutboxTable(access.dialect());
    }

    /**
     * Opens the store of a JDBC URL, {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql:…}; makes or updates its tables
     * when they are missing or older.
     *
     * @throws StoreTrouble when the database does not answer, or was made by a newer version
     */
    public static JdbcStore open(String url) {
        Dialect dialect = Dialect.of(url);
        Ballast ballast = dialect == Dialect.SQLITE ? Ballast.beside(file(url)) : Ballast.none();
        DataSource source = Pools.source(dialect, url);
        Migration.bring(dialect, source);
        return new JdbcStore(new Access(url, dialect, Pools.over(dialect, source), ballast));
    }

    private static Path file(String url) {
        String path = url.substring("jdbc:sqlite:".length()).split("\\?", 2)[0];
        if (path.isEmpty() || path.startsWith(":")) {
            throw new IllegalArgumentException("a store needs a file: jdbc:sqlite:FILE");
        }
        Path file = Path.of(path.startsWith("file:") ? path.substring(5) : path).toAbsolutePath();
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new StoreTrouble("the store's folder cannot be made: " + e.getMessage(), e);
        }
        return file;
    }

    // Runs

    /** Creates a run, due at once; refuses while a run of the same plan, by name or hash, is not over. */
    public Creation create(NewRun run) {
        return access.write(c -> {
            orders.queueUp(c, ALL);
            if (runs.planHash(c, run.id()).isPresent()) {
                return new Creation.Taken(run.id());
            }
            Optional<RunSummary> unfinished = runs.unfinished(c).stream()
                    .filter(other -> other.plan().equals(run.started().plan())
                            || other.planHash().equals(run.started().planHash()))
                    .findFirst();
            if (unfinished.isPresent()) {
                return new Creation.Unfinished(unfinished.get().run());
            }
            runs.insert(c, run);
            journals.insertUnfenced(
                    c,
                    run.id(),
                    JournalRow.of(run.id().text(), run.first(), 0, run.started().planHash()));
            leases.insert(c, run.id(), run.at().minus(AT_ONCE));
            tellWorkers(c);
            return new Creation.Created(run.id());
        });
    }

    /** Every run, oldest first. */
    public List<RunSummary> runs() {
        return access.read(runs::list);
    }

    public Optional<RunSummary> run(RunId run) {
        return access.read(c -> runs.find(c, run));
    }

    /** The run that is not over of the plan of that name. */
    public Optional<RunId> unfinishedRunOf(String planName) {
        return access.read(runs::unfinished).stream()
                .filter(run -> run.plan().equals(planName))
                .map(RunSummary::run)
                .findFirst();
    }

    /** For lists: as of the last rest of a worker. */
    public RunStatus status(RunId run) {
        return access.read(c -> runs.status(c, run)).orElseThrow(() -> new NoSuchRun(run));
    }

    /** The text given at {@link #create}. */
    public String planBody(RunId run) {
        return access.read(c -> runs.planBody(c, run)).orElseThrow(() -> new NoSuchRun(run));
    }

    /** Who attends to a run; empty when it is over. */
    public Optional<Attendance> attendance(RunId run) {
        return access.read(c -> leases.attendance(c, run));
    }

    // Journals

    public List<Entry> journal(RunId run) {
        return journal(run, 0);
    }

    /** The entries after {@code seq}, oldest first; for following a run. */
    public List<Entry> journal(RunId run, long seq) {
        return rows(run, seq).stream().map(JournalRow::entry).toList();
    }

    /** Walks the hash chain and says the first broken place. A cut tail shows only against a head noted elsewhere. */
    public ChainReport verify(RunId run) {
        return access.read(c -> ChainReport.walk(
                runs.planHash(c, run).orElseThrow(() -> new NoSuchRun(run)), run.text(), journals.read(c, run, 0)));
    }

    /** As {@link #verify(RunId)}; also finds a cut tail, when the journal once had {@code entries} and that head. */
    public ChainReport verify(RunId run, long entries, String head) {
        ChainReport report = verify(run);
        if (!report.intact()) {
            return report;
        }
        String then = access.read(c -> journals.read(c, run, entries - 1)).stream()
                .findFirst()
                .map(JournalRow::hash)
                .orElse("");
        return then.equals(head)
                ? report
                : ChainReport.broken(
                        Math.min(report.entries(), entries - 1),
                        report.head(),
                        "entry " + entries + " is not the one that was noted");
    }

    List<JournalRow> rows(RunId run, long after) {
        return access.read(c -> journals.read(c, run, after));
    }

    /** See {@link JdbcJournal#append}. One statement by itself when there are no messages. */
    boolean append(Lease lease, JournalRow row, List<Message> messages, Collection<String> channels) {
        Sql.Work<Boolean> work = c -> {
            boolean ours = journals.insert(c, lease, row);
            if (ours) {
                outbox.insert(c, lease.run(), row.seq(), row.at(), messages, channels);
            }
            return ours;
        };
        return (messages.isEmpty() || channels.isEmpty()) ? access.writeOne(work) : access.write(work);
    }

    // Orders

    /**
     * Puts an order into a run's inbox and wakes the run. The same token twice is one order.
     *
     * @param token the caller's own name for this order, unique in the store
     * @throws NoSuchRun when there is no such run
     */
    public OrderReceipt order(RunId run, Order order, String who, String principal, String reason, String token) {
        Instant now = Instant.now();
        return access.write(c -> {
            orders.queueUp(c, run.text());
            if (runs.planHash(c, run).isEmpty()) {
                throw new NoSuchRun(run);
            }
            Optional<Long> before = orders.numberOf(c, token);
            long id = before.isPresent()
                    ? before.get()
                    : orders.insert(c, run, new OrderEnvelope(0, order, who, principal, reason), token, now);
            boolean heard = leases.signal(c, run, now.minus(AT_ONCE));
            tellWorkers(c);
            return new OrderReceipt(id, heard);
        });
    }

    /**
     * An order to a run that is over, where it may still be given: an acknowledgement, a note. Nobody ticks such a run,
     * so whoever gives the order writes what comes of it into the journal. The same token twice is one order.
     *
     * @return the entry written, or the one written before
     * @throws IllegalStateException when the run is not over
     */
    public Entry afterEnd(
            RunId run, CutoverPlan plan, Order order, String who, String principal, String reason, String token) {
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        return access.write(c -> {
            orders.queueUp(c, run.text());
            if (!runs.status(c, run).orElseThrow(() -> new NoSuchRun(run)).terminal()) {
                throw new IllegalStateException(run + " is not over");
            }
            List<JournalRow> rows = journals.read(c, run, 0);
            Optional<Long> before = orders.numberOf(c, token);
            if (before.isPresent()) {
                return answer(rows, before.get());
            }
            OrderEnvelope given = new OrderEnvelope(0, order, who, principal, reason);
            long id = orders.insert(c, run, given, token, now);
            Program program = Program.of(plan);
            RunState state =
                    Fold.fold(program, rows.stream().map(JournalRow::entry).toList());
            RunEvent event = Orders.judge(plan, program, state, new OrderEnvelope(id, order, who, principal, reason));
            Entry entry = new Entry(state.seq() + 1, now, event);
            JournalRow last = rows.getLast();
            journals.insertUnfenced(c, run, JournalRow.of(run.text(), entry, last.fence(), last.hash()));
            return entry;
        });
    }

    private static Entry answer(List<JournalRow> rows, long order) {
        return rows.stream()
                .map(JournalRow::entry)
                .filter(entry -> switch (entry.event()) {
                    case RunEvent.OrderAccepted e -> e.id() == order;
                    case RunEvent.OrderRefused e -> e.id() == order;
                    default -> false;
                })
                .findFirst()
                .orElseThrow();
    }

    /** Every order ever given to a run, oldest first. */
    public List<OrderEnvelope> orders(RunId run) {
        return ordersAfter(run, 0);
    }

    List<OrderEnvelope> ordersAfter(RunId run, long last) {
        return access.read(c -> orders.after(c, run, last));
    }

    boolean urgentOrderAfter(RunId run, long last) {
        return access.read(c -> orders.urgentAfter(c, run, last));
    }

    private void tellWorkers(Connection connection) throws SQLException {
        if (access.dialect() == Dialect.POSTGRESQL) {
            Sql.run(connection, "notify bascule");
        }
    }

    // Claims

    /** Claims all or nothing; returns who holds what another run holds. Released when the run is over. */
    public Map<String, RunId> claim(RunId run, Collection<String> resources) {
        return access.write(c -> {
            orders.queueUp(c, ALL);
            return claims.claim(c, run, resources.stream().sorted().toList());
        });
    }

    public void releaseClaims(RunId run) {
        access.write(c -> {
            claims.release(c, run);
            return true;
        });
    }

    // Messages

    /** Messages given up, oldest run first. */
    public List<Letter> deadLetters() {
        return access.read(c -> outbox.in(c, Letter.State.DEAD));
    }

    public List<Letter> letters(Letter.State state) {
        return access.read(c -> outbox.in(c, state));
    }

    /** Makes a dead letter pending again. False when it is not dead any more. */
    public boolean resend(Letter letter) {
        return access.write(c -> outbox.resend(c, letter, Instant.now()));
    }

    OutboxDesk outbox() {
        return new OutboxDesk(access, outbox);
    }

    LeaseDesk leases() {
        return new LeaseDesk(access, leases, runs, claims);
    }

    Access access() {
        return access;
    }

    /** The database's own time; PostgreSQL only. */
    Instant databaseTime() {
        return access.read(c -> Sql.first(
                        c,
                        "select clock_timestamp() as t",
                        row -> access.dialect().time(row, "t")))
                .orElseThrow();
    }

    /** Closes every connection. Close the engines on this store first. */
    @Override
    public void close() {
        access.close();
    }
}
