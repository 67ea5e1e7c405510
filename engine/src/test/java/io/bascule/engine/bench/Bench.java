package io.bascule.engine.bench;

import io.bascule.core.run.Entry;
import io.bascule.core.run.RunEvent.SoakPassed;
import io.bascule.core.run.RunId;
import io.bascule.engine.Engine;
import io.bascule.engine.EngineSettings;
import io.bascule.engine.JdbcStore;
import io.bascule.engine.TestPlans;
import io.bascule.engine.TickFunction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** What the benchmarks share. The store is the first argument's URL, else a file in a fresh folder here. */
final class Bench {
    /** About as long as an event is. */
    static final String TEXT = "x".repeat(400);

    private Bench() {}

    static Path folder() throws IOException {
        Path folder = Files.createTempDirectory(Path.of("").toAbsolutePath(), "bench-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        return folder;
    }

    private static void delete(Path folder) {
        try (var files = Files.list(folder)) {
            files.forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
        folder.toFile().delete();
    }

    static JdbcStore store(String[] arguments, Path folder) {
        return JdbcStore.open(arguments.length > 0 ? arguments[0] : "jdbc:sqlite:" + folder.resolve("store.db"));
    }

    static RunId create(JdbcStore store, String word) {
        String id = word + "-" + Long.toString(System.nanoTime(), 36);
        store.create(TestPlans.run(id));
        return new RunId(id);
    }

    static Engine engine(JdbcStore store, TickFunction tick) {
        return new Engine(
                store,
                TestPlans.loader(Map.of()),
                EngineSettings.of(store).withThreads(100).withTick(tick));
    }

    static Entry entry(long seq, Instant at) {
        return new Entry(seq, at, new SoakPassed("act", TEXT));
    }

    /** Microseconds of writes of so many bytes, each forced to the disk before the next. */
    static long[] rawWrites(Path folder, int count, int bytes) throws IOException {
        long[] micros = new long[count];
        try (FileChannel channel = FileChannel.open(
                folder.resolve("raw"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND)) {
            ByteBuffer block = ByteBuffer.allocate(bytes);
            for (int i = 0; i < count; i++) {
                long begin = System.nanoTime();
                block.clear();
                channel.write(block);
                channel.force(false);
                micros[i] = (System.nanoTime() - begin) / 1_000;
            }
        }
        return micros;
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static double at(long[] values, double quantile) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(quantile * sorted.length))];
    }

    static void row(String name, List<String> cells) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-34s", name));
        cells.forEach(cell -> line.append(String.format(Locale.ROOT, "%14s", cell)));
        System.out.println(line);
    }

    static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
    }
}
