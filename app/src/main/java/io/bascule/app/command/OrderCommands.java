package io.bascule.app.command;

import io.bascule.app.ExitCode;
import io.bascule.app.Principal;
import io.bascule.app.UserMistake;
import io.bascule.app.term.Terminal;
import io.bascule.app.wiring.StoredPlan;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.run.Entry;
import io.bascule.core.run.Fold;
import io.bascule.core.run.Order;
import io.bascule.core.run.Program;
import io.bascule.core.run.Rules;
import io.bascule.core.run.RunEvent;
import io.bascule.core.run.RunId;
import io.bascule.core.run.RunState;
import io.bascule.core.run.WayBack;
import io.bascule.engine.JdbcStore;
import io.bascule.engine.OrderReceipt;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What people tell a run. An order is written to the run's inbox; whoever ticks the run reads it within a moment. */
final class OrderCommands {
    private OrderCommands() {}

    /** What all orders share. */
    abstract static class Given implements Callable<Integer> {
        @Mixin
        Common common = new Common();

        @Parameters(index = "0", paramLabel = "RUN", description = "The run.")
        String run = "";

        @Option(names = "--as", paramLabel = "PERSON", required = true, description = "Who you are in the plan.")
        String who = "";

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is journaled.")
        String reason = "";

        @Option(names = "--confirm", paramLabel = "PHRASE", description = "The typed phrase of a destructive order.")
        @Nullable
        String confirm;

        abstract Order order();

        /** The phrase that must be typed; empty for an order that destroys nothing. */
        String phrase() {
            return "";
        }

        @Override
        public Integer call() {
            RunId id = common.run(run);
            try (JdbcStore store = common.openStoreOf(id)) {
                if (!phrase().isEmpty()) {
                    common.err().println(effect(store, id));
                }
                confirmed();
                if (order().mayFollowTheEnd() && store.status(id).terminal()) {
                    return afterEnd(store, id);
                }
                OrderReceipt receipt = store.order(
                        id,
                        order(),
                        who,
                        Principal.here(),
                        reason,
                        UUID.randomUUID().toString());
                if (!receipt.heard()) {
                    throw new UserMistake("the run " + id + " is over: " + store.status(id));
                }
                common.say(order().verb() + " given to " + id + "; 'bascule status " + id + "' tells what came of it");
            }
            return ExitCode.DONE;
        }

        /** Nobody ticks a run that is over: what is said of it goes into its journal at once. */
        private int afterEnd(JdbcStore store, RunId id) {
            CutoverPlan plan = StoredPlan.read(store.planBody(id)).plan();
            String token = UUID.randomUUID().toString();
            Entry entry = store.afterEnd(id, plan, order(), who, Principal.here(), reason, token);
            if (entry.event() instanceof RunEvent.OrderRefused refused) {
                throw new UserMistake(order().verb() + " was refused: " + refused.reason());
            }
            common.say(order().verb() + " is in the journal of " + id + ", which ended " + store.status(id));
            return ExitCode.DONE;
        }

        /** What a destructive order would do now, printed before it is confirmed. */
        private static String effect(JdbcStore store, RunId id) {
            CutoverPlan plan = StoredPlan.read(store.planBody(id)).plan();
            RunState state = Fold.fold(Program.of(plan), store.journal(id));
            String wayBack = "the way back is " + state.wayBack() + ", " + state.wayBackWhy();
            if (state.status().terminal()) {
                return id + " is over: " + state.status();
            }
            if (Rules.committed(plan, state) || state.wayBack() == WayBack.CLOSED) {
                return wayBack + ": the run would hold";
            }
            return state.resources().isEmpty()
                    ? "nothing has been changed: the run would end ABORTED_UNCHANGED"
                    : wayBack + ": users would go back first, then the data, then the rest: "
                            + state.resources().size() + " things as they were, planned "
                            + Rules.plannedRollback(plan).toSeconds() + " s";
        }

        private Optional<String> typed() {
            return Terminal.console().map(console -> console.readLine("Type \"%s\" to go on: ", phrase()));
        }

        private void confirmed() {
            String phrase = phrase();
            if (phrase.isEmpty() || phrase.equals(confirm)) {
                return;
            }
            if (confirm == null && typed().map(phrase::equals).orElse(false)) {
                return;
            }
            throw new UserMistake(order().verb() + " needs --confirm \"" + phrase + "\"; nothing was done");
        }
    }

    @Command(name = "approve", description = "Approves the gate that waits.", mixinStandardHelpOptions = true)
    static final class Approve extends Given {
        @Option(names = "--gate", paramLabel = "GATE", description = "go or commit (default: the one that waits).")
        String gate = "";

        @Override
        Order order() {
            return new Order.Approve(gate);
        }
    }

    @Command(name = "reject", description = "Rejects the gate that waits.", mixinStandardHelpOptions = true)
    static final class Reject extends Given {
        @Option(names = "--gate", paramLabel = "GATE", description = "go or commit (default: the one that waits).")
        String gate = "";

        @Override
        Order order() {
            return new Order.Reject(gate);
        }
    }

    @Command(name = "hold", description = "Lets nothing go forward until resume.", mixinStandardHelpOptions = true)
    static final class Hold extends Given {
        @Override
        Order order() {
            return new Order.Hold();
        }
    }

    @Command(name = "resume", description = "Goes on after a hold.", mixinStandardHelpOptions = true)
    static final class Resume extends Given {
        @Option(names = "--adopt", description = "Takes a foreign state as ours.")
        boolean adopt;

        @Override
        Order order() {
            return new Order.Resume(adopt);
        }
    }

    @Command(name = "retry", description = "Tries what failed again.", mixinStandardHelpOptions = true)
    static final class Retry extends Given {
        @Override
        Order order() {
            return new Order.Retry();
        }
    }

    @Command(
            name = "skip",
            description = "Leaves a step out, where safety does not rest on it.",
            mixinStandardHelpOptions = true)
    static final class Skip extends Given {
        @Parameters(index = "1", paramLabel = "STEP", description = "The step's id.")
        String step = "";

        @Override
        Order order() {
            return new Order.Skip(step);
        }
    }

    @Command(
            name = "abort",
            description = "Ends the run: unchanged, or by going back.",
            mixinStandardHelpOptions = true)
    static final class Abort extends Given {
        @Override
        Order order() {
            return new Order.Abort();
        }

        @Override
        String phrase() {
            return "abort " + run;
        }
    }

    @Command(name = "rollback", description = "Goes back to exactly what was there.", mixinStandardHelpOptions = true)
    static final class Rollback extends Given {
        @Option(names = "--force", description = "Restores what was recorded also over foreign changes.")
        boolean force;

        @Option(names = "--accept-loss", description = "Gives up writes that cannot be carried home.")
        boolean acceptLoss;

        @Override
        Order order() {
            return new Order.Rollback(force, acceptLoss);
        }

        @Override
        String phrase() {
            return acceptLoss ? "lose the writes of " + run : "roll back " + run;
        }
    }

    @Command(
            name = "ack",
            description = "Acknowledges an incident or a finished roll-back.",
            mixinStandardHelpOptions = true)
    static final class Ack extends Given {
        @Override
        Order order() {
            return new Order.Ack();
        }
    }

    @Command(name = "note", description = "Writes a note into the journal.", mixinStandardHelpOptions = true)
    static final class Note extends Given {
        @Parameters(index = "1", paramLabel = "TEXT", description = "The note.")
        String text = "";

        @Override
        Order order() {
            return new Order.Note(text);
        }
    }
}
