package io.bascule.embedded.shop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteOpenMode;

/**
 * A shop's database: one connection that writes, two that read. Never creates a file. A write that the fence refuses is
 * an {@link SQLException} for which {@link #isFenced} holds. Safe for threads.
 */
final class ShopDatabase implements AutoCloseable {
    private static final int READERS = 2;
    private static final int BUSY_MILLIS = 5000;

    private final String location;
    private final Path file;
    private final Object identity;
    private final Lane writer;
    private final List<Lane> readers = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();

    private ShopDatabase(String location, Path file) throws SQLException, IOException {
        this.location = location;
        this.file = file;
        this.identity = identityOf(file);
        this.writer = new Lane("shop-writer", connect(file));
        for (int i = 0; i < READERS; i++) {
            readers.add(new Lane("shop-reader", connect(file)));
        }
    }

    /**
     * @param location as the configuration has it
     * @throws SQLException when it is not there, or no shop's
     */
    static ShopDatabase open(String location, Path file) throws SQLException, IOException, InterruptedException {
        if (!Files.isRegularFile(file)) {
            throw new SQLException("there is no database " + location);
        }
        ShopDatabase database = new ShopDatabase(location, file);
        try {
            database.read(connection -> count(connection, "select count(*) from orders where id < 0"));
        } catch (SQLException e) {
            database.close();
            throw e;
        }
        return database;
    }

    private static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setOpenMode(SQLiteOpenMode.READWRITE);
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.NORMAL);
        config.setBusyTimeout(BUSY_MILLIS);
        return config.createConnection("jdbc:sqlite:" + file);
    }

    static boolean isFenced(SQLException e) {
        return String.valueOf(e.getMessage()).contains("bascule: fenced");
    }

    String location() {
        return location;
    }

    /** Whether the file was replaced under us by another of the same name, or is gone. */
    boolean isReplaced() {
        try {
            return !identity.equals(identityOf(file));
        } catch (IOException _) {
            return true;
        }
    }

    private static Object identityOf(Path file) throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return Objects.requireNonNullElse(key, file);
    }

    <T> T write(Lane.Work<T> work) throws SQLException, InterruptedException {
        return writer.call(work);
    }

    <T> T read(Lane.Work<T> work) throws SQLException, InterruptedException {
        return readers.get(Math.floorMod(turn.getAndIncrement(), READERS)).call(work);
    }

    /** Tries the statement in a transaction that is rolled back. Returns when it would have gone through. */
    void tryOut(String sql) throws SQLException, InterruptedException {
        writer.call(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("begin immediate");
                try {
                    return statement.executeUpdate(sql);
                } finally {
                    statement.execute("rollback");
                }
            }
        });
    }

    static long count(Connection connection, String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /** Lets what is under way finish, then lets go of the file. */
    @Override
    public void close() {
        writer.close();
        readers.forEach(Lane::close);
    }
}
