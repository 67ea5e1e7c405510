package io.bascule.core.port;

import java.time.Duration;
import java.time.Instant;

/**
 * A figure of a running system that somebody else measures: CPU, memory, the length of a queue. Read-only. Safe for threads.
 */
public interface Meter extends AutoCloseable {
    /** What is told of that stretch of time. Asks once or a few times within the deadline; blocks until then at most. */
    MeterReading read(Instant from, Instant to, Deadline deadline);

    /** So long after a time, what is told of it is whole and does not change any more. */
    Duration delay();

    Scale scale();

    /** What is read and where, for people: {@code AWS/ECS CPUUtilization of ServiceName=shop in eu-central-1}. */
    String about();

    @Override
    void close();

    /** How a share is written; of figures that are none it says nothing. */
    enum Scale {
        PERCENT,
        FRACTION,
        /** Nobody said: a guess, from the samples. */
        UNSAID
    }
}
