package io.bascule.engine;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Worker processes under the test's thumb. */
final class Children implements AutoCloseable {
    private final String url;
    private final int port;
    private final List<Process> all = new ArrayList<>();

    Children(String url, int port) {
        this.url = url;
        this.port = port;
    }

    void fill(int count) throws IOException {
        while (all.size() < count) {
            all.add(ChildWorker.start(url, port));
        }
    }

    void kill(int index) {
        all.remove(index).destroyForcibly().onExit().join();
    }

    void killAll() {
        while (!all.isEmpty()) {
            kill(0);
        }
    }

    /** Stops the first one, though not while it holds the only write lock of a file: then nobody could take over. */
    void stopOutsideOfCommits(JdbcStore store) {
        for (int i = 0; i < 50; i++) {
            signal("STOP");
            if (store.dialect() != Dialect.SQLITE || writable(store)) {
                return;
            }
            signal("CONT");
        }
        throw new IllegalStateException("never stopped outside of a commit");
    }

    private static boolean writable(JdbcStore store) {
        return store.read(c -> {
            Sql.run(c, "pragma busy_timeout=200");
            try {
                Sql.run(c, "begin immediate");
                Sql.run(c, "rollback");
                return true;
            } catch (SQLException e) {
                return false;
            } finally {
                Sql.run(c, "pragma busy_timeout=10000");
            }
        });
    }

    void wake() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(all.getFirst().pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        killAll();
    }
}
