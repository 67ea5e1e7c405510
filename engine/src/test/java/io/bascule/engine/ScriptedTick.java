package io.bascule.engine;

import io.bascule.core.json.Json;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.port.Image;
import io.bascule.core.port.Message;
import io.bascule.core.run.Direction;
import io.bascule.core.run.Entry;
import io.bascule.core.run.Order;
import io.bascule.core.run.OrderEnvelope;
import io.bascule.core.run.RunEvent;
import io.bascule.core.run.RunEvent.Ended;
import io.bascule.core.run.RunEvent.IntentRecorded;
import io.bascule.core.run.RunEvent.OrderAccepted;
import io.bascule.core.run.RunEvent.OutcomeRecorded;
import io.bascule.core.run.RunEvent.OutcomeRecorded.Answer;
import io.bascule.core.run.RunEvent.RollbackBegun;
import io.bascule.core.run.RunEvent.StepVerified;
import io.bascule.core.run.RunId;
import io.bascule.core.run.RunStatus;
import io.bascule.core.run.Surroundings;
import io.bascule.core.run.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A small stand-in for the core's tick: intent, call, outcome, verified, step after step, by the same rules. An
 * intent in doubt is not repeated blindly: the receiver is asked. An order to roll back ends the run.
 *
 * @param steps after so many the run is completed
 * @param rest between two steps; zero: all in one tick
 */
public record ScriptedTick(int steps, Duration rest, Duration validity, World world) implements TickFunction {

    /** What lies outside. */
    public interface World {
        Answer call(String token, Instant notAfter);

        boolean happened(String token);

        World NOTHING = new World() {
            @Override
            public Answer call(String token, Instant notAfter) {
                return Answer.DONE;
            }

            @Override
            public boolean happened(String token) {
                return false;
            }
        };
    }

    public static ScriptedTick of(int steps, World world) {
        return new ScriptedTick(steps, Duration.ZERO, Duration.ofSeconds(10), world);
    }

    @Override
    public Tick.Rest run(CutoverPlan plan, RunId run, Surroundings around) {
        return new Walk(this, run, around).walk();
    }

    /** One tick. */
    private static final class Walk {
        private final ScriptedTick script;
        private final RunId run;
        private final Surroundings around;
        private final List<Entry> entries;

        Walk(ScriptedTick script, RunId run, Surroundings around) {
            this.script = script;
            this.run = run;
            this.around = around;
            this.entries = new ArrayList<>(around.journal().entries());
        }

        Tick.Rest walk() {
            while (true) {
                if (last() instanceof Ended ended) {
                    return new Tick.Rest.Over(ended.status());
                }
                if (around.guard().stopping()) {
                    return new Tick.Rest.Until(now());
                }
                if (!readOrders()) {
                    return new Tick.Rest.Lost();
                }
                if (last() instanceof RollbackBegun) {
                    if (!append(new Ended(RunStatus.ROLLED_BACK, List.of(), "back"))) {
                        return new Tick.Rest.Lost();
                    }
                    continue;
                }
                Optional<Tick.Rest> rest = step();
                if (rest.isPresent()) {
                    return rest.get();
                }
            }
        }

        private boolean readOrders() {
            long read = entries.stream()
                    .map(Entry::event)
                    .filter(OrderAccepted.class::isInstance)
                    .mapToLong(event -> ((OrderAccepted) event).id())
                    .max()
                    .orElse(0);
            for (OrderEnvelope order : around.inbox().after(read)) {
                if (!append(new OrderAccepted(
                        order.id(), order.order(), order.who(), order.principal(), false, order.reason()))) {
                    return false;
                }
                if (order.order() instanceof Order.Rollback && !append(new RollbackBegun(order.who(), "asked"))) {
                    return false;
                }
            }
            return true;
        }

        private Optional<Tick.Rest> step() {
            if (last() instanceof IntentRecorded intent) {
                boolean there = script.world().happened(intent.token());
                return there ? verified(intent, true) : intend(intent.attempt() + 1);
            }
            if (last() instanceof OutcomeRecorded outcome && outcome.answer() != Answer.DONE) {
                IntentRecorded intent = intent();
                return script.world().happened(intent.token()) ? verified(intent, true) : intend(outcome.attempt() + 1);
            }
            if (last() instanceof OutcomeRecorded) {
                return verified(intent(), false);
            }
            if (done() >= script.steps()) {
                return lostUnless(append(new Ended(RunStatus.COMPLETED, List.of(), "all steps done")));
            }
            Instant due = entries.getLast().at().plus(script.rest());
            return now().isBefore(due) ? Optional.of(new Tick.Rest.Until(due)) : intend(1);
        }

        private Optional<Tick.Rest> intend(int attempt) {
            String act = "step-" + (done() + 1);
            String token = run + "/" + act + "/forward/" + attempt;
            Instant notAfter = now().plus(script.validity());
            IntentRecorded intent = new IntentRecorded(
                    act,
                    Direction.FORWARD,
                    attempt,
                    "configuration:" + act,
                    Image.of("value", "old"),
                    Image.of("value", "new"),
                    token,
                    notAfter,
                    true,
                    false,
                    Optional.empty(),
                    "it is the next step");
            if (!append(intent)) {
                return Optional.of(new Tick.Rest.Lost());
            }
            if (!around.guard().maySend(notAfter)) {
                return Optional.of(new Tick.Rest.Until(now()));
            }
            Answer answer = script.world().call(token, notAfter);
            return lostUnless(append(new OutcomeRecorded(act, Direction.FORWARD, attempt, answer, true, "it said so")));
        }

        private Optional<Tick.Rest> verified(IntentRecorded intent, boolean adopted) {
            return lostUnless(append(new StepVerified(
                    intent.act(),
                    Direction.FORWARD,
                    intent.attempt(),
                    intent.resource(),
                    intent.post(),
                    adopted,
                    "read back")));
        }

        private Optional<Tick.Rest> lostUnless(boolean appended) {
            return appended ? Optional.empty() : Optional.of(new Tick.Rest.Lost());
        }

        private boolean append(RunEvent event) {
            Entry entry = new Entry(entries.getLast().seq() + 1, now(), event);
            boolean ours = around.journal().append(entry, messages(event));
            if (ours) {
                entries.add(entry);
            }
            return ours;
        }

        private List<Message> messages(RunEvent event) {
            return event instanceof Ended ended
                    ? List.of(new Message(
                            run + "/ended", "team", "ana", "over", Json.write(ended.status()), "she asked for it"))
                    : List.of();
        }

        private RunEvent last() {
            return entries.getLast().event();
        }

        private IntentRecorded intent() {
            return entries.reversed().stream()
                    .map(Entry::event)
                    .filter(IntentRecorded.class::isInstance)
                    .map(IntentRecorded.class::cast)
                    .findFirst()
                    .orElseThrow();
        }

        private long done() {
            return entries.stream()
                    .filter(entry -> entry.event() instanceof StepVerified)
                    .count();
        }

        private Instant now() {
            return around.clock().now();
        }
    }
}
