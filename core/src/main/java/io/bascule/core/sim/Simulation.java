package io.bascule.core.sim;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.run.Entry;
import io.bascule.core.run.Fold;
import io.bascule.core.run.Guard;
import io.bascule.core.run.Order;
import io.bascule.core.run.Program;
import io.bascule.core.run.RunEvent;
import io.bascule.core.run.RunId;
import io.bascule.core.run.RunStatus;
import io.bascule.core.run.Surroundings;
import io.bascule.core.run.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * One run of a plan in a seeded world with faults: {@code Simulation.of(plan, 42).faults(Faults.drawn()).run()}. The
 * same tick as in production does the work; what must always hold is checked at every change of the world.
 */
public final class Simulation {
    private static final Instant START = Instant.parse("2026-11-28T21:00:00Z");
    private static final Duration LONGEST = Duration.ofHours(12);
    private static final int MOST_TICKS = 40_000;

    private final CutoverPlan plan;
    private final Program program;
    private final long seed;
    private Faults faults = Faults.none();
    private Physics physics = Physics.SOUND;
    private UnaryOperator<Surroundings> around = UnaryOperator.identity();
    private boolean thorough = true;
    private Operator.Care care = Operator.Care.PATIENT;
    private boolean answers = true;
    private Duration patience = Duration.ofMinutes(2);

    private Simulation(CutoverPlan plan, Program program, long seed) {
        this.plan = plan;
        this.program = program;
        this.seed = seed;
    }

    public static Simulation of(CutoverPlan plan, long seed) {
        return new Simulation(plan, Program.of(plan), seed);
    }

    /** For many runs of one plan: its program is compiled once. */
    public static Simulation of(CutoverPlan plan, Program program, long seed) {
        return new Simulation(plan, program, seed);
    }

    public Simulation faults(Faults faults) {
        this.faults = faults;
        return this;
    }

    public Simulation physics(Physics physics) {
        this.physics = physics;
        return this;
    }

    /** Puts something between the run and its world: a planted bug, a spy. */
    public Simulation around(UnaryOperator<Surroundings> around) {
        this.around = around;
        return this;
    }

    /** Without hash chain and refold at the end: for many runs. */
    public Simulation quick() {
        thorough = false;
        return this;
    }

    public Simulation people(Operator.Care care, boolean answerGates) {
        this.care = care;
        this.answers = answerGates;
        return this;
    }

    /** For how long a run is watched that waits for people of whom none is coming. */
    public Simulation patience(Duration patience) {
        this.patience = patience;
        return this;
    }

    public Result run() {
        return new Course().run();
    }

    /** One run under way. */
    private final class Course {
        private final VirtualClock clock = new VirtualClock(START);
        private final SimJournal journal = new SimJournal(thorough);
        private final SimInbox inbox = new SimInbox(clock);
        private final SimWorld world = new SimWorld(plan, seed, physics, clock, journal);
        private final Operator operator =
                new Operator(plan, world, inbox, new SplittableRandom(seed ^ 0x5eedL), care, answers);
        private final Surroundings surroundings =
                around.apply(new Surroundings(journal, inbox, world, clock, Guard.ALONE));
        private final RunId run = new RunId(plan.name() + "-1");
        private final Trial trial = new Trial(world, inbox);
        private Tick.Memory memory = new Tick.Memory(plan, program);
        private int crashes;
        private Instant stillSince = Instant.MAX;

        Result run() {
            faults.into(trial, new SplittableRandom(seed ^ 0xfa017L), plan);
            journal.listen(entry -> {
                operator.read(entry);
                world.invariants().wrote(entry);
                trial.wrote(entry);
            });
            Optional<String> violation = Optional.empty();
            try {
                world.pass(Duration.ofSeconds(3));
                start();
                loop();
                new Ending(world, memory.state()).check();
                if (thorough) {
                    checkJournal();
                }
            } catch (Violation e) {
                violation = Optional.of(e.what());
            } catch (RuntimeException e) {
                violation = Optional.of(trace(e));
            }
            Duration lasted = Duration.ofMillis(clock.millis() - START.toEpochMilli());
            return new Result(
                    plan.name(),
                    seed,
                    faults.toString() + trial.names(),
                    memory.state(),
                    journal.entries(),
                    violation,
                    world.unchanged(),
                    lasted,
                    crashes);
        }

        private void start() {
            RunEvent started =
                    new RunEvent.RunStarted(plan.name(), plan.hash().hex(), "ana", "os:ana@sim", "SIMULATED", "run");
            for (int i = 0; i < 10 && journal.entries().isEmpty(); i++) {
                try {
                    boolean _ = journal.append(new Entry(1, clock.now(), started), java.util.List.of());
                } catch (SimJournal.Crash | io.bascule.core.run.JournalUncertain e) {
                    crashes++;
                }
            }
        }

        private void loop() {
            for (int ticks = 0; ; ticks++) {
                if (ticks > MOST_TICKS || clock.millis() - START.toEpochMilli() > LONGEST.toMillis()) {
                    if (stuckIsRight()) {
                        return;
                    }
                    throw new Violation("the run does not end: "
                            + memory.state().status() + ", " + memory.state().reason());
                }
                if (tick()) {
                    return;
                }
            }
        }

        /** @return whether the run is over */
        private boolean tick() {
            try {
                switch (Tick.run(run, surroundings, memory)) {
                    case Tick.Rest.Over _ -> {
                        return true;
                    }
                    case Tick.Rest.Lost _ -> worker(Duration.ofMillis(500));
                    case Tick.Rest.Until until -> {
                        return rest(until.at());
                    }
                }
            } catch (SimJournal.Crash e) {
                crashes++;
                worker(trial.takeOver());
            }
            return false;
        }

        /** Another worker takes over after a while, and knows nothing but the journal. */
        private void worker(Duration after) {
            world.pass(after);
            world.invariants().forget();
            memory = new Tick.Memory(plan, program);
        }

        private boolean rest(Instant until) {
            boolean holding = memory.state().status() == RunStatus.HOLDING || waitsForNobody();
            boolean still = holding && !operator.isComing() && !trial.isComing();
            Instant now = Instant.ofEpochMilli(clock.millis());
            stillSince = still ? (stillSince.equals(Instant.MAX) ? now : stillSince) : Instant.MAX;
            if (still && now.isAfter(stillSince.plus(patience))) {
                return true;
            }
            long before = clock.millis();
            // Orders wake a run: nobody rests past one. Time is passed in pieces while someone is on the way.
            Instant end = clock.now().isBefore(until) ? until : clock.now().plusMillis(1);
            if (operator.isComing() || trial.isComing()) {
                Instant piece = clock.now().plusMillis(250);
                end = piece.isBefore(end) ? piece : end;
            }
            world.passUntil(end);
            if (clock.millis() == before) {
                world.pass(Duration.ofMillis(1));
            }
            return false;
        }

        private boolean waitsForNobody() {
            return memory.state().status() == RunStatus.WAITING && !answers;
        }

        private boolean stuckIsRight() {
            RunStatus status = memory.state().status();
            boolean blind = status == RunStatus.RUNNING
                    && memory.state()
                            .soak()
                            .map(soak -> !soak.recent().isEmpty()
                                    && !soak.recent().getLast().equals("PASS"))
                            .orElse(false);
            return blind || status == RunStatus.HOLDING || status == RunStatus.WAITING;
        }

        private void checkJournal() {
            if (!journal.chainIntact()) {
                throw new Violation("the journal's chain is broken");
            }
            if (!Fold.fold(program, journal.entries()).equals(memory.state())) {
                throw new Violation("folding the journal again gives another state");
            }
        }

        private static String trace(RuntimeException e) {
            StringBuilder text = new StringBuilder("thrown: " + e);
            for (int i = 0; i < Math.min(12, e.getStackTrace().length); i++) {
                text.append("\n      at ").append(e.getStackTrace()[i]);
            }
            return text.toString();
        }
    }

    /** The order of a person, in one word more than {@link Order}: who gives it. */
    public record Said(Order order, String who) {}
}
