package io.bascule.app.performance;

import io.bascule.load.ErrorKind;
import io.bascule.load.IntervalSnapshot;
import io.bascule.load.LatencyHistogram;
import io.bascule.load.LoadOutcome;
import io.bascule.load.LoadResult;
import io.bascule.load.TargetOutcome;
import io.bascule.load.file.ResultFile;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Results as {@code bascule load --out} writes them, of loads that never were. */
public final class LoadFiles {
    static final Instant BEGUN = Instant.parse("2026-11-21T10:00:00Z");
    private static final int PER_SECOND = 100;
    private final SplittableRandom random;
    private final Instant begun;

    LoadFiles(long seed) {
        this(seed, BEGUN);
    }

    public LoadFiles(long seed, Instant begun) {
        random = new SplittableRandom(seed);
        this.begun = begun;
    }

    /** One target, so many seconds at 100 requests each, in the open model. */
    public Path one(Path file, int seconds, double medianMillis, double failing) throws IOException {
        write(
                file,
                LoadOutcome.Model.OPEN,
                "100/s for " + seconds + "s",
                List.of(target("target", seconds, medianMillis, failing)));
        return file;
    }

    /** Two targets on one schedule. */
    Path two(Path file, int seconds, double source, double target) throws IOException {
        write(
                file,
                LoadOutcome.Model.OPEN,
                "100/s for " + seconds + "s",
                List.of(target("source", seconds, source, 0), target("target", seconds, target, 0)));
        return file;
    }

    private void write(Path file, LoadOutcome.Model model, String profile, List<TargetOutcome> targets)
            throws IOException {
        ResultFile.write(file, new LoadOutcome(begun, model, profile, targets));
    }

    private TargetOutcome target(String name, int seconds, double medianMillis, double failing) {
        List<IntervalSnapshot> intervals = new ArrayList<>();
        Histogram all = new Histogram(1, 120_000_000L, 3);
        long failed = 0;
        for (int second = 0; second < seconds; second++) {
            Histogram each = new Histogram(1, 120_000_000L, 3);
            long bad = 0;
            for (int i = 0; i < PER_SECOND; i++) {
                each.recordValue(Math.round(1000 * medianMillis * Math.exp(0.5 * random.nextGaussian())));
                bad += random.nextDouble() < failing ? 1 : 0;
            }
            all.add(each);
            failed += bad;
            intervals.add(new IntervalSnapshot(
                    begun.plusSeconds(second),
                    Duration.ofSeconds(1),
                    PER_SECOND,
                    PER_SECOND,
                    bad,
                    times(each),
                    times(each)));
        }
        Histogram late = new Histogram(1, 120_000_000L, 3);
        late.recordValueWithCount(100, all.getTotalCount());
        var total = new LoadResult(
                URI.create("http://127.0.0.1:1/"),
                100.0,
                100.0,
                Duration.ofSeconds(seconds),
                all.getTotalCount(),
                failed,
                failed == 0 ? Map.of() : Map.of(ErrorKind.HTTP_5XX, failed),
                0,
                times(all),
                times(all),
                times(all),
                times(late),
                LatencyHistogram.EMPTY);
        return new TargetOutcome(name, total, intervals, new TreeMap<>(), 0, null);
    }

    private static LatencyHistogram times(Histogram micros) {
        ByteBuffer buffer = ByteBuffer.allocate(micros.getNeededByteBufferCapacity());
        int length = micros.encodeIntoCompressedByteBuffer(buffer);
        byte[] bytes = new byte[length];
        buffer.rewind();
        buffer.get(bytes);
        return LatencyHistogram.ofText(Base64.getEncoder().encodeToString(bytes));
    }
}
