package io.bascule.engine;

import io.bascule.core.port.Channel;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Outcome;
import io.bascule.core.run.RunClock;
import io.bascule.core.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the messages that the runs have written, at least once each, always with the same key, in threads of its own:
 * one for each run's channel, so that a dead mail server holds up neither a tick nor another channel. Several
 * couriers may share a store; a letter is taken for one attempt at a time. After a crash an attempt under way is made
 * again a minute later.
 */
public final class OutboxCourier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxCourier.class);
    private static final Duration TIME_OUT = Duration.ofSeconds(20);
    private static final Duration TAKEN_FOR = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int AT_ONCE = 50;

    private final JdbcStore store;
    private final ChannelFinder channels;
    private final RunClock clock;
    private final RetryTimes times;
    private final Predicate<RunId> takes;
    private final Consumer<Set<RunId>> looked;
    private final Map<Lane, Thread> lanes = new ConcurrentHashMap<>();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("bascule-courier").unstarted(this::watch);
    private volatile boolean closed;

    /** One channel of one run. */
    record Lane(RunId run, String channel) {}

    /** @param promise for how long a message is tried before it is given up */
    public OutboxCourier(JdbcStore store, ChannelFinder channels, RunClock clock, Duration promise) {
        this(store, channels, clock, promise, run -> true, runs -> {});
    }

    /**
     * @param takes the runs whose messages it sends
     * @param looked hears at each look which runs have letters under way
     */
    OutboxCourier(
            JdbcStore store,
            ChannelFinder channels,
            RunClock clock,
            Duration promise,
            Predicate<RunId> takes,
            Consumer<Set<RunId>> looked) {
        this.store = store;
        this.channels = channels;
        this.clock = clock;
        this.times = new RetryTimes(promise, new SplittableRandom());
        this.takes = takes;
        this.looked = looked;
    }

    /** Begins to send. */
    public void start() {
        thread.start();
    }

    private void watch() {
        while (!closed) {
            try {
                look();
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("no look at the outbox: {}", e.getMessage());
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private void look() {
        for (Lane lane : store.outbox().dueLanes(clock.now())) {
            if (!takes.test(lane.run())) {
                continue;
            }
            lanes.computeIfAbsent(
                    lane,
                    idle -> Thread.ofVirtual().name("bascule-" + lane.channel()).start(() -> work(lane)));
        }
        looked.accept(store.outbox().runsWithLetters());
    }

    private void work(Lane lane) {
        try {
            for (Letter letter : store.outbox().due(lane, clock.now(), AT_ONCE)) {
                if (!closed && store.outbox().take(letter, clock.now().plus(TAKEN_FOR))) {
                    store.outbox().settle(attempt(letter));
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("channel {} of {}: {}", lane.channel(), lane.run(), Redacted.sentence(e));
        } finally {
            lanes.remove(lane);
        }
    }

    /** The letter as it stands after one more attempt. */
    private Letter attempt(Letter letter) {
        int tries = letter.tries() + 1;
        Outcome outcome = send(letter);
        Instant now = clock.now();
        return switch (outcome) {
            case Outcome.Done _ -> letter.after(Letter.State.SENT, now, tries, "");
            case Outcome.Refused refused when !refused.again() -> giveUp(letter, tries, refused.why());
            case Outcome.Refused refused -> again(letter, tries, refused.why());
            case Outcome.Unknown unknown -> again(letter, tries, unknown.why());
        };
    }

    private Outcome send(Letter letter) {
        try {
            Channel channel = channels.channel(letter.run(), letter.channel());
            return channel == null
                    ? new Outcome.Refused("the plan has no channel " + letter.channel(), false)
                    : channel.send(letter.message(), Deadline.after(clock.now(), TIME_OUT));
        } catch (RuntimeException e) {
            LOG.warn("channel {} of {} failed", letter.channel(), letter.run(), Redacted.trace(e));
            return new Outcome.Unknown(Redacted.sentence(e));
        }
    }

    private Letter again(Letter letter, int tries, String why) {
        Optional<Duration> wait = times.after(tries);
        return wait.isEmpty()
                ? giveUp(letter, tries, why)
                : letter.after(Letter.State.PENDING, clock.now().plus(wait.get()), tries, Redacted.text(why));
    }

    private Letter giveUp(Letter letter, int tries, String why) {
        LOG.warn(
                "message {} to {} by {} is given up after {} tries: {}",
                letter.message().key(),
                letter.message().recipient(),
                letter.channel(),
                tries,
                Redacted.text(why));
        return letter.after(Letter.State.DEAD, clock.now(), tries, Redacted.text(why));
    }

    /** Stops looking; an attempt under way ends by itself or is made again later. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        List.copyOf(lanes.values()).forEach(OutboxCourier::await);
    }

    private static void await(Thread lane) {
        try {
            lane.join(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
