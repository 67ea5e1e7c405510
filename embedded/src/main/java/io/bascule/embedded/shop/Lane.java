package io.bascule.embedded.shop;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One connection and the one platform thread that uses it: SQLite waits for locks inside native code, which would hold
 * a virtual thread's carrier. Closing lets what is queued finish first. Safe for threads.
 */
final class Lane implements AutoCloseable {
    private final Connection connection;
    private final ExecutorService thread;

    /** Work on the connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    Lane(String name, Connection connection) {
        this.connection = connection;
        this.thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
    }

    /**
     * Does the work and waits for it.
     *
     * @throws java.util.concurrent.RejectedExecutionException once closed: the database was switched meanwhile
     */
    <T> T call(Work<T> work) throws SQLException, InterruptedException {
        Callable<T> task = () -> work.on(connection);
        Future<T> done = thread.submit(task);
        try {
            return done.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException sql) {
                throw new SQLException(sql.getMessage(), sql.getSQLState(), sql.getErrorCode(), sql);
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        try {
            thread.execute(() -> {
                try {
                    connection.close();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
        } catch (java.util.concurrent.RejectedExecutionException _) {
            return; // closed before
        }
        thread.shutdown();
    }
}
