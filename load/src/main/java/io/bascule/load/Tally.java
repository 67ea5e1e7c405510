package io.bascule.load;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** One event loop's numbers: the totals, and the current second. What was due in the warm-up is counted, and nothing more. */
final class Tally {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int loop;
    private final LoadProfile profile;
    private final RunStart start;
    private final Timeline timeline;
    private final @Nullable Double offeredPerSecond;
    private final Histogram response = LatencyHistogram.plain();
    private final Histogram failure = LatencyHistogram.plain();
    private final Histogram service = LatencyHistogram.plain();
    private final Histogram lateness = LatencyHistogram.plain();
    private final Histogram parked = LatencyHistogram.plain();
    private final EnumMap<ErrorKind, Long> errors = new EnumMap<>(ErrorKind.class);
    private final HashMap<String, Named> names = new HashMap<>();
    private long attempted;
    private long requests;
    private long failed;
    private long abandoned;
    private long warmUp;

    private long second;
    private long secondArrivals;
    private long secondRequests;
    private long secondFailed;
    private final Histogram secondResponse = LatencyHistogram.plain();
    private final Histogram secondFailure = LatencyHistogram.plain();

    /** @param start when what is measured begins: after the warm-up */
    Tally(int loop, LoadProfile profile, RunStart start, Timeline timeline) {
        this.loop = loop;
        this.profile = profile;
        this.start = start;
        this.timeline = timeline;
        Double offered = profile.offeredPerSecond();
        offeredPerSecond = offered == null ? null : offered / profile.eventLoops();
    }

    void arrived(long intendedNanos, long now) {
        roll(now);
        if (measures(intendedNanos)) {
            LatencyHistogram.record(lateness, now - intendedNanos);
            secondArrivals++;
        }
    }

    void attempted(Exchange exchange, int more) {
        if (exchange.arrives && measures(exchange.intendedNanos)) {
            attempted += more;
        }
    }

    void abandoned(int more) {
        abandoned += more;
    }

    /** A request has ended; {@code serviceNanos} is negative if it was never written, {@code parkedNanos} if it was not parked. */
    void ended(
            Exchange exchange,
            @Nullable ErrorKind error,
            long endNanos,
            long serviceNanos,
            long parkedNanos,
            long now) {
        roll(now);
        if (!measures(exchange.intendedNanos)) {
            warmUp++;
            return;
        }
        requests++;
        secondRequests++;
        long held = Math.max(0, parkedNanos);
        long latency = endNanos - exchange.intendedNanos - held;
        LatencyHistogram.record(secondResponse, latency);
        if (serviceNanos >= 0) {
            LatencyHistogram.record(service, serviceNanos - held);
        }
        if (parkedNanos >= 0) {
            LatencyHistogram.record(parked, parkedNanos);
        }
        if (error != null) {
            LatencyHistogram.record(secondFailure, latency);
            failed++;
            secondFailed++;
            errors.merge(error, 1L, Long::sum);
        }
        if (exchange.request.name() != null) {
            names.computeIfAbsent(exchange.request.name(), _ -> new Named()).ended(error, latency);
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

    Part part(long elapsedNanos) {
        Histogram all = response.copy();
        all.add(secondResponse);
        Histogram bad = failure.copy();
        bad.add(secondFailure);
        var total = new LoadResult(
                profile.target(),
                offeredPerSecond,
                elapsedNanos <= 0 ? null : attempted * (double) SECOND / elapsedNanos,
                Duration.ofNanos(Math.max(0, elapsedNanos)),
                requests,
                failed,
                errors,
                abandoned,
                new LatencyHistogram(all),
                less(all, bad),
                new LatencyHistogram(service.copy()),
                new LatencyHistogram(lateness.copy()),
                new LatencyHistogram(parked.copy()));
        var byRequest = new TreeMap<String, RequestOutcome>();
        names.forEach((name, each) -> byRequest.put(name, each.outcome()));
        return new Part(total, byRequest, warmUp);
    }

    private boolean measures(long intendedNanos) {
        return intendedNanos >= start.nanos();
    }

    private void handIn(long lengthNanos) {
        LatencyHistogram all = LatencyHistogram.small(secondResponse);
        var part = new IntervalSnapshot(
                start.at(start.nanos() + second * SECOND),
                Duration.ofNanos(lengthNanos),
                secondArrivals,
                secondRequests,
                secondFailed,
                all,
                secondFailed == 0 ? all : less(secondResponse, secondFailure));
        timeline.deliver(loop, second, part);
        response.add(secondResponse);
        failure.add(secondFailure);
        second++;
        secondArrivals = 0;
        secondRequests = 0;
        secondFailed = 0;
        secondResponse.reset();
        secondFailure.reset();
    }

    /** What is left of all without some of them: successes are not recorded, because they are nearly all. */
    private static LatencyHistogram less(Histogram all, Histogram some) {
        Histogram rest = all.copy();
        rest.subtract(some);
        return LatencyHistogram.small(rest);
    }

    /** The requests of one name. */
    private static final class Named {
        private final Histogram response = LatencyHistogram.plain();
        private final EnumMap<ErrorKind, Long> errors = new EnumMap<>(ErrorKind.class);
        private long failed;

        void ended(@Nullable ErrorKind error, long latencyNanos) {
            LatencyHistogram.record(response, latencyNanos);
            if (error != null) {
                failed++;
                errors.merge(error, 1L, Long::sum);
            }
        }

        RequestOutcome outcome() {
            return new RequestOutcome(response.getTotalCount(), failed, errors, new LatencyHistogram(response.copy()));
        }
    }
}
