package io.bascule.load;

import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.PackedHistogram;
import org.jspecify.annotations.Nullable;

/** One event loop's numbers: the totals, and the current second. */
final class Tally {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int loop;
    private final RunStart start;
    private final Timeline timeline;
    private final Histogram response = LatencyHistogram.plain();
    private final Histogram service = LatencyHistogram.plain();
    private final Histogram lateness = LatencyHistogram.plain();
    private final Histogram parked = LatencyHistogram.plain();
    private final EnumMap<ErrorKind, Long> errors = new EnumMap<>(ErrorKind.class);
    private long attempted;
    private long requests;
    private long failed;
    private long abandoned;

    private long second;
    private long secondArrivals;
    private long secondRequests;
    private long secondFailed;
    private PackedHistogram secondResponse = LatencyHistogram.packed();

    Tally(int loop, RunStart start, Timeline timeline) {
        this.loop = loop;
        this.start = start;
        this.timeline = timeline;
    }

    void arrived(long latenessNanos, long now) {
        roll(now);
        LatencyHistogram.record(lateness, latenessNanos);
        secondArrivals++;
    }

    void attempted(int more) {
        attempted += more;
    }

    void abandoned(int more) {
        abandoned += more;
    }

    void ended(LoadResponse ended, long now) {
        roll(now);
        requests++;
        secondRequests++;
        LatencyHistogram.record(response, ended.latencyNanos());
        LatencyHistogram.record(secondResponse, ended.latencyNanos());
        if (ended.serviceNanos() != null) {
            LatencyHistogram.record(service, ended.serviceNanos() - ended.parkedNanos());
        }
        if (ended.parked() != null) {
            LatencyHistogram.record(parked, ended.parkedNanos());
        }
        if (ended.error() != null) {
            failed++;
            secondFailed++;
            errors.merge(ended.error(), 1L, Long::sum);
        }
    }

    /** Hands in every second that is over. */
    void roll(long now) {
        while (now - start.nanos() >= (second + 1) * SECOND) {
            handIn(SECOND);
        }
    }

    /** Hands in the last second, as far as it went. */
    void close(long now) {
        roll(now);
        long length = now - start.nanos() - second * SECOND;
        if (length > 0) {
            handIn(length);
        }
        timeline.ended(loop);
    }

    LoadResult result(URI target, double offeredPerSecond, long elapsedNanos) {
        return new LoadResult(
                target,
                offeredPerSecond,
                achieved(elapsedNanos),
                Duration.ofNanos(Math.max(0, elapsedNanos)),
                requests,
                failed,
                errors,
                abandoned,
                new LatencyHistogram(response.copy()),
                new LatencyHistogram(service.copy()),
                new LatencyHistogram(lateness.copy()),
                new LatencyHistogram(parked.copy()));
    }

    private @Nullable Double achieved(long elapsedNanos) {
        return elapsedNanos <= 0 ? null : attempted * (double) SECOND / elapsedNanos;
    }

    private void handIn(long lengthNanos) {
        var part = new IntervalSnapshot(
                start.at(start.nanos() + second * SECOND),
                Duration.ofNanos(lengthNanos),
                secondArrivals,
                secondRequests,
                secondFailed,
                new LatencyHistogram(secondResponse));
        timeline.deliver(loop, second, part);
        second++;
        secondArrivals = 0;
        secondRequests = 0;
        secondFailed = 0;
        secondResponse = LatencyHistogram.packed();
    }
}
