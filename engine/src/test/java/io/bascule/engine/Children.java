package io.bascule.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
            awaitStopped(all.getFirst().pid());
            if (store.access().dialect() != Dialect.SQLITE || writable(store)) {
                return;
            }
            signal("CONT");
        }
        throw new IllegalStateException("never stopped outside of a commit");
    }

    /** The signal is sent when kill returns; each thread stops a little later. */
    private static void awaitStopped(long pid) {
        for (int i = 0; i < 10_000 && !stopped(Path.of("/proc/" + pid + "/task")); i++) {
            Thread.onSpinWait();
        }
    }

    private static boolean stopped(Path threads) {
        try (Stream<Path> each = Files.list(threads)) {
            return each.allMatch(Children::threadStopped);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean threadStopped(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
        } catch (IOException e) {
            return true; // it has just ended
        }
    }

    private static boolean writable(JdbcStore store) {
        return store.access().read(c -> {
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
