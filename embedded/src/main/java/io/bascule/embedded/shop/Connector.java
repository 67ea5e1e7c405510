package io.bascule.embedded.shop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the shop on the database that its configuration names, without a restart. Looks every 100 ms. At a lease's
 * deadline it falls back by itself, but only to a database that accepts writes: one whose fence was closed for good
 * (RELEASE's first act) is never fallen back to. Requests under way finish on the database they began with.
 */
final class Connector implements AutoCloseable {
    static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Logger LOG = Logger.getLogger(Connector.class.getName());

    private final ShopConfig config;
    private final InstantSource clock;
    private final Thread thread;
    private volatile @Nullable ShopDatabase current;
    private volatile String wanted = "";
    private volatile String trouble = "not looked yet";
    private final AtomicLong revision = new AtomicLong();
    private @Nullable ShopSettings settings;
    private String seen = "";

    Connector(ShopConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        look();
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("shop-connector-" + config.side())
                .start(this::run);
    }

    /** The database in use; empty while the configured one is not there. */
    Optional<ShopDatabase> database() {
        return Optional.ofNullable(current);
    }

    /** The location as configured, whether it could be opened or not. */
    String location() {
        ShopDatabase used = current;
        return used == null ? wanted : used.location();
    }

    /** Why there is no database. */
    String trouble() {
        return trouble;
    }

    /** Counts the changes of the configuration that were taken up. */
    long revision() {
        return revision.get();
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(LOOK_EVERY);
                look();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "the shop could not look after its configuration", e);
            }
        }
    }

    private void look() {
        try {
            reread();
            follow();
        } catch (IOException | SQLException e) {
            trouble = String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reread() throws IOException {
        String now = Files.readString(config.properties());
        if (!now.equals(seen)) {
            settings = ShopSettings.read(config.properties());
            seen = now;
            revision.incrementAndGet();
        }
    }

    private void follow() throws SQLException, IOException, InterruptedException {
        ShopSettings read = settings;
        if (read == null) {
            return;
        }
        ShopDatabase used = current;
        wanted = destination(read, used);
        if (used != null && used.location().equals(wanted) && !used.isReplaced()) {
            return;
        }
        if (used != null && used.isReplaced()) {
            current = null;
            used.close();
        }
        ShopDatabase next = ShopDatabase.open(wanted, file(wanted));
        current = next;
        trouble = "";
        if (used != null) {
            used.close();
        }
        LOG.info(() -> config.side() + " uses " + next.location());
    }

    private String destination(ShopSettings read, @Nullable ShopDatabase used) throws InterruptedException {
        if (!read.isOver(clock.instant())) {
            return read.database();
        }
        String otherwise = read.lease().orElseThrow().otherwise();
        boolean there = used != null && used.location().equals(otherwise);
        return there || acceptsWrites(otherwise) ? otherwise : read.database();
    }

    private boolean acceptsWrites(String location) throws InterruptedException {
        try (ShopDatabase tried = ShopDatabase.open(location, file(location))) {
            tried.tryOut(Shop.TRY);
            return true;
        } catch (SQLException | IOException _) {
            return false;
        }
    }

    private Path file(String location) {
        return config.base().resolve(location);
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ShopDatabase used = current;
        current = null;
        if (used != null) {
            used.close();
        }
    }
}
