package io.bascule.engine;

import java.sql.SQLException;
import java.util.function.Supplier;

/** The ways to one store's database. A full disk costs the ballast, once. */
final class Access implements AutoCloseable {
    private final String url;
    private final Dialect dialect;
    private final Pools pools;
    private final Ballast ballast;
    private volatile boolean diskWasFull;

    Access(String url, Dialect dialect, Pools pools, Ballast ballast) {
        this.url = url;
        this.dialect = dialect;
        this.pools = pools;
        this.ballast = ballast;
    }

    String url() {
        return url;
    }

    Dialect dialect() {
        return dialect;
    }

    Pools pools() {
        return pools;
    }

    /** Each statement by itself, and none that writes. */
    <T> T read(Sql.Work<T> work) {
        return Sql.autoCommit(pools.readers(), work);
    }

    /** All or nothing, durable when it returns. */
    <T> T write(Sql.Work<T> work) {
        return watchDisk(() -> Sql.inTransaction(dialect, pools.journal(), work));
    }

    /** A single statement that writes, durable when it returns. */
    <T> T writeOne(Sql.Work<T> work) {
        return watchDisk(() -> Sql.autoCommit(pools.journal(), work));
    }

    private <T> T watchDisk(Supplier<T> work) {
        try {
            return work.get();
        } catch (StoreTrouble e) {
            if (e.getCause() instanceof SQLException cause && dialect.diskFull(cause)) {
                diskWasFull |= ballast.drop();
            }
            throw e;
        }
    }

    /** Whether a full disk has cost the ballast since the store was opened. */
    boolean diskWasFull() {
        return diskWasFull;
    }

    @Override
    public void close() {
        pools.close();
    }
}
