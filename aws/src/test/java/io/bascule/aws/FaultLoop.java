package io.bascule.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.aws.api.LossyPeer;
import io.bascule.aws.api.LossyPeer.Fate;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Change;
import io.bascule.core.port.Claim;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** One way there and back with one call spoiled: what the fault loops of names and rules share. */
public final class FaultLoop {
    private static final int TRIES = 8;

    private FaultLoop() {}

    /** What is changed, in order, through a lossy line. */
    public interface World {
        /** The peer behind the line. */
        LossyPeer line();

        /** Which resource is changed, by its place in the sequence. */
        Actuator actuator(int step);

        List<Image> wanted();

        /** What the API tells of everything, asked past the line. */
        String all();
    }

    /** Makes a world whose N-th call goes wrong. */
    public interface Maker {
        World make(int spoiled, Fate fate) throws Exception;
    }

    /** Makes a claim through a line that spoils the N-th call. */
    public interface Claimed {
        Claim claim(LossyPeer line) throws Exception;
    }

    /** Whichever call of taking a free claim goes wrong: it is ours or nobody knows, and asked again it is ours. */
    public static void claims(URI peer, String changing, Claimed maker) throws Exception {
        for (Fate fate : Fate.values()) {
            boolean more = true;
            for (int n = 1; more; n++) {
                try (LossyPeer line = new LossyPeer(peer, n, fate, changing)) {
                    Claim claim = maker.claim(line);
                    Instant until = Instant.now().plusSeconds(300).truncatedTo(ChronoUnit.SECONDS);
                    Authority first = claim.take("run-a", until, soon());
                    more = line.spoiledOne();
                    assertThat(first).as(fate + " of call " + n).isNotInstanceOf(Authority.Denied.class);
                    assertThat(more ? claim.take("run-a", until, soon()) : first)
                            .as("then, " + fate + " of call " + n)
                            .isInstanceOf(Authority.Granted.class);
                }
            }
        }
    }

    /** N = 1, 2, … until none fails, in every way: all as before, and nothing was done twice. */
    public static void loop(Maker maker, int changes) throws Exception {
        for (Fate fate : Fate.values()) {
            boolean more = true;
            for (int n = 1; more; n++) {
                World world = maker.make(n, fate);
                try (LossyPeer line = world.line()) {
                    String before = world.all();
                    for (int step = 0; step < world.wanted().size(); step++) {
                        bring(world.actuator(step), world.wanted().get(step), fate + " of call " + n);
                    }
                    assertThat(world.all()).as(fate + " of call " + n).isEqualTo(before);
                    assertThat(line.changesDone())
                            .as("changes, " + fate + " of call " + n)
                            .isEqualTo(changes);
                    more = line.spoiledOne();
                }
            }
            System.out.println(fate + ": every call spoiled once, each change made once");
        }
    }

    /** As a run does it: observe, intend, apply, observe; what is in doubt is only observed. */
    private static void bring(Actuator actuator, Image wanted, String what) throws InterruptedException {
        Image expected = seen(actuator, what);
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            Change change = new Change("run/a/forward/" + attempt, Instant.now().plusSeconds(6), expected, wanted);
            Outcome outcome = actuator.apply(change, soon());
            Image now = seen(actuator, what);
            if (now.sameState(wanted)) {
                return;
            }
            assertThat(now.sameState(expected))
                    .as(what + ": " + outcome + ", found " + now.brief())
                    .isTrue();
        }
        throw new AssertionError(what + ": never " + wanted.brief());
    }

    private static Image seen(Actuator actuator, String what) throws InterruptedException {
        Optional<String> why = Optional.empty();
        for (int i = 0; i < 100; i++) {
            switch (actuator.observe(soon())) {
                case Reading.Seen seen
                when seen.pending().isEmpty() -> {
                    return seen.image();
                }
                case Reading.Seen seen -> why = Optional.of(seen.pending().toString());
                case Reading.Unseen unseen -> why = Optional.of(unseen.why());
            }
            Thread.sleep(20);
        }
        throw new AssertionError(what + ": " + why);
    }

    private static Deadline soon() {
        return Deadline.after(Instant.now(), Duration.ofSeconds(6));
    }
}
