package io.bascule.load.file;

import io.bascule.load.IntervalSnapshot;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * The seconds of a load as an HdrHistogram log ({@code .hlog}, version 1.3), while it runs: whatever happens to this process,
 * the seconds before are on disk. One line for each second and target; the tag is the target's name, times are in
 * microseconds, the start is in milliseconds since 1970. For several threads.
 */
public final class IntervalLog implements AutoCloseable {

    private static final double MILLIS = 1_000;

    private final PrintStream out;
    private final HistogramLogWriter writer;
    private boolean begun;

    /** Creates the file; one that is there is replaced. */
    public IntervalLog(Path file) throws IOException {
        out = new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8);
        writer = new HistogramLogWriter(out);
        writer.outputComment("[Response times of requests that ended within each second, failed ones included; "
                + "microseconds from when each was due]");
        writer.outputLogFormatVersion();
    }

    /** One more second of a target. */
    public synchronized void add(String target, IntervalSnapshot second) {
        if (!begun) {
            begun = true;
            writer.outputStartTime(second.from().toEpochMilli());
            writer.outputLegend();
        }
        Instant to = second.from().plus(second.length());
        Histogram times = second.response().toHdr(); // the plain kind, which every reader of the format knows
        times.setTag(target);
        writer.outputIntervalHistogram(
                second.from().toEpochMilli() / MILLIS, to.toEpochMilli() / MILLIS, times, MILLIS);
    }

    @Override
    public void close() {
        writer.close();
    }
}
