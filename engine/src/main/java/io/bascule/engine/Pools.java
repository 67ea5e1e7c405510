package io.bascule.engine;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The connections of one store. SQLite: one writes the journal, one serves the scheduler, two read; every one of them
 * auto-commits, since even a select with auto-commit off would hold the write lock. PostgreSQL: eight and eight.
 */
record Pools(HikariDataSource journal, HikariDataSource scheduler, HikariDataSource readers) implements AutoCloseable {

    /** Opens a connection of its own at each call. */
    static DataSource source(Dialect dialect, String url) {
        return switch (dialect) {
            case SQLITE -> sqlite(url);
            case POSTGRESQL -> postgresql(url);
        };
    }

    static Pools over(Dialect dialect, DataSource source) {
        return switch (dialect) {
            case SQLITE ->
                new Pools(
                        pool("journal", source, 1, 15_000),
                        pool("scheduler", source, 1, 15_000),
                        pool("readers", source, 2, 15_000));
            case POSTGRESQL -> {
                HikariDataSource journal = pool("journal", source, 8, 2_000);
                yield new Pools(journal, pool("scheduler", source, 8, 2_000), journal);
            }
        };
    }

    private static DataSource sqlite(String url) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(10_000);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.enforceForeignKeys(true);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(url);
        return source;
    }

    private static DataSource postgresql(String url) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url);
        source.setConnectTimeout(2);
        source.setSocketTimeout(5);
        source.setTcpKeepAlive(true);
        source.setApplicationName("bascule");
        source.setOptions("-c synchronous_commit=on -c idle_in_transaction_session_timeout=5s");
        return source;
    }

    private static HikariDataSource pool(String name, DataSource source, int size, long waitMillis) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("bascule-" + name);
        config.setDataSource(source);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(Math.min(size, 2));
        config.setConnectionTimeout(waitMillis);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    @Override
    public void close() {
        List.of(scheduler, readers, journal).forEach(HikariDataSource::close);
    }
}
