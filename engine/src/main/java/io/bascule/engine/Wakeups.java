package io.bascule.engine;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for PostgreSQL's notifications of new orders, so that no poll has to be waited for. */
final class Wakeups implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Wakeups.class);
    private static final int PATIENCE_MILLIS = 1_000;

    private final String url;
    private final Runnable wake;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("bascule-wakeups").unstarted(this::listen);
    private volatile boolean closed;

    Wakeups(String url, Runnable wake) {
        this.url = url;
        this.wake = wake;
    }

    void start() {
        thread.start();
    }

    private void listen() {
        while (!closed) {
            try (Connection connection = DriverManager.getConnection(url, settings())) {
                Sql.run(connection, "listen bascule");
                wake.run();
                hear(connection);
            } catch (SQLException e) {
                LOG.debug("not listening: {}", e.getMessage());
                pause();
            }
        }
    }

    private void hear(Connection connection) throws SQLException {
        PGConnection listening = connection.unwrap(PGConnection.class);
        while (!closed) {
            var notifications = listening.getNotifications(PATIENCE_MILLIS);
            if (notifications != null && notifications.length > 0) {
                wake.run();
            }
        }
    }

    private static Properties settings() {
        Properties settings = new Properties();
        settings.setProperty("connectTimeout", "2");
        settings.setProperty("tcpKeepAlive", "true");
        settings.setProperty("ApplicationName", "bascule-wakeups");
        return settings;
    }

    private void pause() {
        try {
            Thread.sleep(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
