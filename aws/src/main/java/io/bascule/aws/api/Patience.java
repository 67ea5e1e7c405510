package io.bascule.aws.api;

import io.bascule.core.port.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Looks until an answer is the one waited for, or until no look fits in before the deadline any more.
 *
 * @param between from one look to the next
 */
public record Patience(InstantSource clock, Duration between) {
    /** The last answer; an interrupt ends the waiting and stays set. */
    public <T> T until(Predicate<T> waitedFor, Supplier<T> look, Deadline deadline) {
        T answer = look.get();
        while (!waitedFor.test(answer) && waits(deadline)) {
            answer = look.get();
        }
        return answer;
    }

    private boolean waits(Deadline deadline) {
        if (deadline.left(clock.instant()).compareTo(between.multipliedBy(2)) < 0) {
            return false;
        }
        try {
            Thread.sleep(between);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
