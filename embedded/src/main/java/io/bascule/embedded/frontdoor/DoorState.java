package io.bascule.embedded.frontdoor;

import io.bascule.core.plan.Side;
import io.bascule.embedded.frontdoor.Sessions.Session;
import io.bascule.embedded.frontdoor.StateFile.Kept;
import io.bascule.embedded.frontdoor.WritesRule.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * The one place where the door decides and is changed: weights, the freeze, parked writes, sessions, the claim. Every
 * decision about a request and every change is made under one lock, so that after a hold is set, whatever is not parked
 * is counted as in flight. Leases end by the clock at the next look, whoever looks. Safe for threads; what it tells
 * parked writes is told outside the lock.
 */
final class DoorState {
    private static final int TOKENS_MAX = 256;
    private static final Duration FENCE_LAG = Duration.ofSeconds(2);
    private static final Duration FENCE_PAUSE = Duration.ofMillis(50);

    private final FrontDoorConfig config;
    private final InstantSource clock;
    private final StateFile file;
    private final Split requests = new Split();
    private final Split writesSplit = new Split();
    private final Sessions sessions = new Sessions();
    private final LinkedHashSet<Parkable> parked = new LinkedHashSet<>();
    private final LinkedHashSet<String> tokens;

    private long revision;
    private TrafficRule traffic;
    private WritesRule writes;
    private Optional<ClaimMark> claim;
    private Instant drainUntil = Instant.MIN;
    private Instant heldUntil = Instant.MIN;
    private Instant letGoFrom = Instant.MIN;
    private long writesInFlight;
    private int letGoInFlight;
    private boolean unsaved;

    DoorState(FrontDoorConfig config, InstantSource clock, StateFile file) throws IOException {
        this.config = config;
        this.clock = clock;
        this.file = file;
        Kept kept = file.load();
        revision = kept.revision();
        traffic = kept.traffic();
        writes = kept.writes();
        claim = kept.claim();
        tokens = new LinkedHashSet<>(kept.tokens());
    }

    /** What is to be done with a request. */
    sealed interface Route {}

    /** @param cookie to be set on the answer, or empty */
    record Go(Side side, String cookie) implements Route {}

    record Park() implements Route {}

    /** Turned away with 503; {@code side} is the one it would have gone to. */
    record Turn(Side side, String kind) implements Route {}

    /** A write that can wait. Called without the door's lock, from any thread. */
    interface Parkable {
        String sessionCookie();

        void letGo(Go go);

        void turn(Turn turn);
    }

    /** How the door stands; all of one instant. */
    record Standing(
            Instant at,
            long revision,
            TrafficRule traffic,
            WritesRule writes,
            Optional<ClaimMark> claim,
            long parked,
            long writesInFlight,
            int stickySource,
            int stickyTarget) {}

    // --- requests ---

    /** A request that is no write: it always goes. */
    synchronized Go routeRead(String sessionCookie) {
        Instant now = settle();
        return choose(requests, sessionCookie, now);
    }

    /** A write: it goes (and counts as in flight until {@link #answered}), waits, or is turned away. */
    synchronized Route routeWrite(Parkable write) {
        Instant now = settle();
        return switch (writes.mode()) {
            case OPEN -> {
                writesInFlight++;
                yield choose(writesSplit, write.sessionCookie(), now);
            }
            case HOLD -> {
                if (parked.size() >= config.parkAtMost()) {
                    yield new Turn(writesSplit.next(traffic.split()), "parking-full");
                }
                parked.add(write);
                yield new Park();
            }
            case REJECT -> new Turn(writesSplit.next(traffic.split()), "rejected");
        };
    }

    /** A write that went is over. */
    void answered(boolean wasLetGo) {
        synchronized (this) {
            writesInFlight--;
            letGoInFlight -= wasLetGo ? 1 : 0;
        }
        pump();
    }

    /** Whether a write that the fence refused just now may wait instead of failing. */
    synchronized boolean mayParkAgain() {
        Instant now = settle();
        return switch (writes.mode()) {
            case HOLD -> true;
            case OPEN -> now.isBefore(heldUntil.plus(FENCE_LAG));
            case REJECT -> false;
        };
    }

    /** Parks a write again, before all others. */
    void parkAgain(Parkable write, boolean wasLetGo) {
        synchronized (this) {
            writesInFlight--;
            letGoInFlight -= wasLetGo ? 1 : 0;
            parked.addFirst(write);
            letGoFrom = clock.instant().plus(FENCE_PAUSE);
        }
        pump();
    }

    /** The client has gone. False when the write is no longer parked. */
    synchronized boolean unpark(Parkable write) {
        return parked.remove(write);
    }

    private Go choose(Split split, String cookie, Instant now) {
        if (!config.sticky()) {
            return new Go(split.next(traffic.split()), "");
        }
        Optional<Session> known = sessions.find(cookie, now);
        if (known.isPresent() && mayStay(known.get().side(), now)) {
            Session seen = new Session(known.get().id(), known.get().side(), now);
            sessions.keep(seen);
            return new Go(seen.side(), seen.cookie().equals(cookie) ? "" : seen.cookie());
        }
        Side side = requests.next(traffic.split());
        Session bound =
                known.map(session -> new Session(session.id(), side, now)).orElseGet(() -> sessions.fresh(side, now));
        sessions.keep(bound);
        return new Go(side, bound.cookie());
    }

    private boolean mayStay(Side side, Instant now) {
        return traffic.carries(side) || now.isBefore(drainUntil);
    }

    // --- time ---

    /** Ends what has ended. Call under the lock before every look; returns the instant it looked at. */
    private Instant settle() {
        Instant now = clock.instant();
        if (traffic.isOver(now)) {
            traffic = traffic.otherwise();
            drainUntil = Instant.MIN;
            changedByTime();
        }
        if (writes.isOver(now)) {
            heldUntil = writes.mode() == Mode.HOLD ? writes.until().orElse(now) : heldUntil;
            writes = WritesRule.OPEN;
            changedByTime();
        }
        moveSessions(now);
        return now;
    }

    private void changedByTime() {
        revision++;
        unsaved = true;
    }

    private void moveSessions(Instant now) {
        for (Side side : Side.values()) {
            if (sessions.count(side) > 0 && !mayStay(side, now)) {
                sessions.moveAll(side);
            }
        }
    }

    /** To be called some ten times a second: ends leases on time, saves, lets parked writes go. */
    void tick() throws IOException {
        synchronized (this) {
            Instant now = settle();
            sessions.forgetIdle(now);
            if (unsaved) {
                file.save(kept());
                unsaved = false;
            }
        }
        pump();
    }

    /** Lets parked writes go as far as the state allows, in order. */
    void pump() {
        List<Runnable> tell = new ArrayList<>();
        synchronized (this) {
            Instant now = settle();
            while (!parked.isEmpty()) {
                if (writes.mode() == Mode.REJECT) {
                    Parkable write = parked.removeFirst();
                    Turn turn = new Turn(writesSplit.next(traffic.split()), "rejected");
                    tell.add(() -> write.turn(turn));
                } else if (writes.mode() == Mode.OPEN
                        && letGoInFlight < config.letGoAtOnce()
                        && !now.isBefore(letGoFrom)) {
                    Parkable write = parked.removeFirst();
                    writesInFlight++;
                    letGoInFlight++;
                    Go go = choose(writesSplit, write.sessionCookie(), now);
                    tell.add(() -> write.letGo(go));
                } else {
                    break;
                }
            }
        }
        tell.forEach(Runnable::run);
    }

    // --- changes ---

    synchronized Standing standing() {
        Instant now = settle();
        return new Standing(
                now,
                revision,
                traffic,
                writes,
                claim,
                parked.size(),
                writesInFlight,
                sessions.count(Side.SOURCE),
                sessions.count(Side.TARGET));
    }

    /** @param drain how long sessions may stay on a side that has lost its weight; zero moves them at once */
    Ruling changeTraffic(ChangeRequest request, Duration drain) {
        TrafficRule wanted = TrafficRule.parse(request.wanted());
        Ruling ruling;
        synchronized (this) {
            Instant now = settle();
            ruling = request.rule(
                    now,
                    revision,
                    traffic.image(),
                    tokens.contains(request.token()),
                    wanted.lease().map(TrafficRule.Lease::until));
            if (ruling instanceof Ruling.Make) {
                TrafficRule before = traffic;
                Instant drainBefore = drainUntil;
                traffic = wanted;
                drainUntil = drain.isZero() ? Instant.MIN : now.plus(drain);
                ruling = save(request, () -> {
                    traffic = before;
                    drainUntil = drainBefore;
                });
                moveSessions(now);
            }
        }
        return ruling;
    }

    Ruling changeWrites(ChangeRequest request) {
        WritesRule wanted = WritesRule.parse(request.wanted());
        Ruling ruling;
        synchronized (this) {
            Instant now = settle();
            ruling = request.rule(now, revision, writes.image(), tokens.contains(request.token()), wanted.until());
            if (ruling instanceof Ruling.Make) {
                WritesRule before = writes;
                if (before.mode() == Mode.HOLD && wanted.mode() == Mode.OPEN) {
                    heldUntil = now;
                }
                writes = wanted;
                ruling = save(request, () -> writes = before);
            }
        }
        pump();
        return ruling;
    }

    /** Takes, renews or (when {@code mark} is empty) gives up the claim. Returns whether it was ours to change. */
    synchronized boolean changeClaim(String owner, Optional<ClaimMark> mark) {
        Instant now = settle();
        boolean others = claim.isPresent()
                && !claim.get().owner().equals(owner)
                && (mark.isEmpty() || claim.get().heldAt(now));
        if (others) {
            return false;
        }
        Optional<ClaimMark> before = claim;
        claim = mark;
        try {
            file.save(kept());
        } catch (IOException e) {
            claim = before;
            throw new UncheckedIOException(e);
        }
        return true;
    }

    private Ruling save(ChangeRequest request, Runnable takeBack) {
        revision++;
        tokens.add(request.token());
        if (tokens.size() > TOKENS_MAX) {
            tokens.removeFirst();
        }
        try {
            file.save(kept());
            unsaved = false;
            return new Ruling.Made(revision, true);
        } catch (IOException e) {
            takeBack.run();
            tokens.remove(request.token());
            return new Ruling.Failed("cannot save: " + e.getMessage());
        }
    }

    private Kept kept() {
        List<String> last = Arrays.asList(tokens.toArray(new String[0]));
        return new Kept(revision, traffic, writes, claim, last);
    }
}
