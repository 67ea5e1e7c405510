package io.bascule.load;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's numbers: the totals, and the current second. What was due in the warm-up is booked in the same way, by
 * the same code, and thrown away: so that what the compiler makes of it there is what measures afterwards.
 */
final class Tally {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int loop;
    private final LoadProfile profile;
    private final RunStart start;
    private final Timeline timeline;
    private final @Nullable Double offeredPerSecond;
    private final Book warmUp = new Book();
    private final Book measured = new Book();

    /** The current second, counted from the start; those of the warm-up are below 0. */
    private long second;

    /** @param start when what is measured begins: after the warm-up */
    Tally(int loop, LoadProfile profile, RunStart start, Timeline timeline) {
        this.loop = loop;
        this.profile = profile;
        this.start = start;
        this.timeline = timeline;
        Double offered = profile.offeredPerSecond();
        offeredPerSecond = offered == null ? null : offered / profile.eventLoops();
        second = Math.min(0, Math.floorDiv(System.nanoTime() - start.nanos(), SECOND));
    }

    void arrived(long intendedNanos, long now) {
        roll(now);
        book(intendedNanos).arrived(now - intendedNanos);
    }

    void attempted(Exchange exchange, int more) {
        if (exchange.arrives) {
            book(exchange.intendedNanos).attempted += more;
        }
    }

    void abandoned(int more) {
        measured.abandoned += more;
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
        book(exchange.intendedNanos).ended(exchange, error, endNanos, serviceNanos, parkedNanos);
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
        LoadResult total = measured.total(
                profile.target(),
                offeredPerSecond,
                elapsedNanos <= 0 ? null : measured.attempted * (double) SECOND / elapsedNanos,
                Duration.ofNanos(Math.max(0, elapsedNanos)));
        return new Part(total, measured.byRequest(), warmUp.requests);
    }

    private Book book(long intendedNanos) {
        return intendedNanos >= start.nanos() ? measured : warmUp;
    }

    private void handIn(long lengthNanos) {
        Book book = second < 0 ? warmUp : measured;
        Instant from = start.at(start.nanos() + second * SECOND);
        timeline.deliver(loop, second, book.turn(from, Duration.ofNanos(lengthNanos)));
        second++;
    }

    /** What is left of all without some of them: successes are not recorded, because they are nearly all. */
    private static LatencyHistogram less(Histogram all, Histogram some) {
        Histogram rest = all.copy();
        rest.subtract(some);
        return LatencyHistogram.small(rest);
    }

    /** The numbers of the warm-up, or those of what is measured. */
    private static final class Book {
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

        private Histogram secondResponse = LatencyHistogram.plain();
        private Histogram secondFailure = LatencyHistogram.plain();
        private long secondArrivals;
        private long secondRequests;
        private long secondFailed;

        void arrived(long latenessNanos) {
            LatencyHistogram.record(lateness, latenessNanos);
            secondArrivals++;
        }

        void ended(Exchange exchange, @Nullable ErrorKind error, long endNanos, long serviceNanos, long parkedNanos) {
            requests++;
            secondRequests++;
            long held = Math.max(0, parkedNanos);
            long latency = endNanos - exchange.intendedNanos - held;
            LatencyHistogram.record(response, latency);
            LatencyHistogram.record(secondResponse, latency);
            if (serviceNanos >= 0) {
                LatencyHistogram.record(service, serviceNanos - held);
            }
            if (parkedNanos >= 0) {
                LatencyHistogram.record(parked, parkedNanos);
            }
            if (error != null) {
                LatencyHistogram.record(failure, latency);
                LatencyHistogram.record(secondFailure, latency);
                failed++;
                secondFailed++;
                errors.merge(error, 1L, Long::sum);
            }
            if (exchange.request.name() != null) {
                names.computeIfAbsent(exchange.request.name(), _ -> new Named()).ended(error, latency);
            }
        }

        /** Begins a new second. What is made of the one that is over is for another thread: it takes milliseconds. */
        Supplier<IntervalSnapshot> turn(Instant from, Duration length) {
            var over = new Second(
                    from, length, secondArrivals, secondRequests, secondFailed, secondResponse, secondFailure);
            secondArrivals = 0;
            secondRequests = 0;
            secondResponse = LatencyHistogram.plain();
            if (secondFailed > 0) {
                secondFailed = 0;
                secondFailure = LatencyHistogram.plain();
            }
            return over::snapshot;
        }

        LoadResult total(
                URI target, @Nullable Double offeredPerSecond, @Nullable Double achievedPerSecond, Duration elapsed) {
            return new LoadResult(
                    target,
                    offeredPerSecond,
                    achievedPerSecond,
                    elapsed,
                    requests,
                    failed,
                    errors,
                    abandoned,
                    new LatencyHistogram(response.copy()),
                    less(response, failure),
                    new LatencyHistogram(service.copy()),
                    new LatencyHistogram(lateness.copy()),
                    new LatencyHistogram(parked.copy()));
        }

        SortedMap<String, RequestOutcome> byRequest() {
            var byRequest = new TreeMap<String, RequestOutcome>();
            names.forEach((name, each) -> byRequest.put(name, each.outcome()));
            return byRequest;
        }
    }

    /** A second that is over; nobody records in its histograms any more, which are empty where nothing did. */
    private record Second(
            Instant from,
            Duration length,
            long arrivals,
            long requests,
            long failed,
            Histogram response,
            Histogram failure) {

        IntervalSnapshot snapshot() {
            LatencyHistogram all = LatencyHistogram.small(response);
            return new IntervalSnapshot(
                    from, length, arrivals, requests, failed, all, failed == 0 ? all : less(response, failure));
        }
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
