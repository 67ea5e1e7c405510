package io.bascule.core.run;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.port.Message;
import io.bascule.core.run.RunEvent.Held;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The one loop: fold, decide, do, record. It runs as long as there is work and rests when there is none; it never
 * sleeps. The durable engine and the simulator run this same code over their own {@link Surroundings}.
 */
public final class Tick {
    /** More decisions in one tick than any plan needs: the run is handed back, so that nothing spins unseen. */
    private static final int MOST = 10_000;

    /** Why the tick ended. */
    public sealed interface Rest {
        /** Nothing to do before that instant, unless an order comes. */
        record Until(Instant at) implements Rest {}

        record Over(RunStatus status) implements Rest {}

        /** The lease is no longer ours, or the journal is in doubt: whoever ticks next reads it again. */
        record Lost() implements Rest {}
    }

    private final CutoverPlan plan;
    private final Program program;
    private final RunId run;
    private final Surroundings around;
    private final Memory memory;

    /**
     * What a worker remembers of one run between its ticks, so that it need not read the whole journal again. Only a
     * saving: a new memory gives the same run. One per run and worker; not shared between threads.
     */
    public static final class Memory {
        private final CutoverPlan plan;
        private final Program program;
        private RunState state = Fold.nothing();

        public Memory(CutoverPlan plan) {
            this(plan, Program.of(plan));
        }

        public Memory(CutoverPlan plan, Program program) {
            this.plan = plan;
            this.program = program;
        }

        public Program program() {
            return program;
        }

        /** The run as this worker knows it. */
        public RunState state() {
            return state;
        }
    }

    private Tick(RunId run, Surroundings around, Memory memory) {
        this.plan = memory.plan;
        this.program = memory.program;
        this.run = run;
        this.around = around;
        this.memory = memory;
        for (Entry entry : around.journal().entriesAfter(memory.state.seq())) {
            memory.state = Fold.apply(program, memory.state, entry);
        }
    }

    /** Runs until there is nothing to do now. Throws nothing for operating trouble. */
    public static Rest run(CutoverPlan plan, RunId run, Surroundings around) {
        return run(run, around, new Memory(plan));
    }

    /** As {@link #run(CutoverPlan, RunId, Surroundings)}, for a worker that remembers the run from its last tick. */
    public static Rest run(RunId run, Surroundings around, Memory memory) {
        try {
            return new Tick(run, around, memory).loop();
        } catch (JournalUncertain | Stale e) {
            return new Rest.Lost();
        }
    }

    private Rest loop() {
        for (int i = 0; i < MOST; i++) {
            if (around.guard().stopping()) {
                return new Rest.Until(now());
            }
            readOrders();
            Decision decision = Decide.decide(plan, program, memory.state, now());
            switch (decision.command()) {
                case Command.WaitUntil wait -> {
                    return new Rest.Until(wait.at());
                }
                case Command.Finish _ -> {
                    return new Rest.Over(memory.state.status());
                }
                case Command.Perform perform -> new Hands(this).perform(perform.act(), perform.direction());
                case Command.Settle settle -> {
                    Optional<Instant> later = new Hands(this).settle(settle.act(), settle.direction());
                    if (later.isPresent()) {
                        return new Rest.Until(later.get());
                    }
                }
                case Command.Measure measure -> new Hands(this).look(measure.soak());
                case Command.Record record -> append(record.event());
                case Command.AskApproval ask -> append(new RunEvent.GateAsked(ask.gate(), decision.reason()));
            }
        }
        return new Rest.Until(now());
    }

    private void readOrders() {
        for (OrderEnvelope order : around.inbox().after(memory.state.lastOrder())) {
            append(Orders.judge(plan, program, memory.state, order));
            if (memory.state.status().terminal()) {
                return;
            }
        }
    }

    /** Durable and folded when it returns; ends the tick when the journal is no longer ours. */
    void append(RunEvent event) {
        Entry entry = new Entry(memory.state.seq() + 1, now(), event);
        RunState next = Fold.apply(program, memory.state, entry);
        List<Message> messages = Announcements.of(plan, run, entry);
        if (!around.journal().append(entry, messages)) {
            throw new Stale();
        }
        memory.state = next;
    }

    void hold(Held.Cause cause, String why) {
        append(new Held(cause, why));
    }

    Instant now() {
        return around.clock().now();
    }

    CutoverPlan plan() {
        return plan;
    }

    RunId runId() {
        return run;
    }

    Program program() {
        return program;
    }

    RunState state() {
        return memory.state;
    }

    Surroundings around() {
        return around;
    }

    /** The lease is no longer ours. */
    private static final class Stale extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stale() {
            super("the lease is no longer ours", null, false, false);
        }
    }
}
