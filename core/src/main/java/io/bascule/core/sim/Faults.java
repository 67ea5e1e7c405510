package io.bascule.core.sim;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.run.Entry;
import io.bascule.core.run.RunEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What goes wrong in a simulated run: fixed faults, or some drawn from the seed. Immutable. */
public final class Faults {
    private interface Fault {
        void into(Trial trial, SplittableRandom random, CutoverPlan plan);
    }

    private final List<Fault> faults;
    private final String text;

    private Faults(List<Fault> faults, String text) {
        this.faults = List.copyOf(faults);
        this.text = text;
    }

    public static Faults none() {
        return new Faults(List.of(), "");
    }

    /** Up to four faults of any kind, chosen by the run's seed. */
    public static Faults drawn() {
        return none().and((trial, random, plan) -> new Lottery(trial, random, plan).draw(), "");
    }

    private Faults and(Fault fault, String name) {
        List<Fault> more = new ArrayList<>(faults);
        more.add(fault);
        return new Faults(more, text.isEmpty() ? name : text + ", " + name);
    }

    /** Does something to the world from the start. */
    public Faults always(String name, Consumer<Trial> what) {
        return and((trial, _, _) -> what.accept(trial), name);
    }

    /** Does something to the world once, when an entry that fits is written. */
    public Faults when(String name, Predicate<Entry> fits, Consumer<Trial> what) {
        return when(name, fits, Duration.ofMillis(1), what);
    }

    public Faults when(String name, Predicate<Entry> fits, Duration after, Consumer<Trial> what) {
        return and((trial, _, _) -> trial.when(fits, after, what), name);
    }

    /** The journal breaks at the n-th append, counted from 1. */
    public Faults breakAt(int append, SimJournal.Break how) {
        return always(how + " at append " + append, trial -> trial.journal().breakAt(append, how));
    }

    /** The n-th request for a change has this fate. */
    public Faults request(int n, Fate fate) {
        return always("request " + n + " " + fate, trial -> trial.trouble().nth(n, fate));
    }

    /** An entry that speaks of that act: its intent, its soak's begin, its measurement. */
    public static Predicate<Entry> at(String act) {
        return entry -> switch (entry.event()) {
            case RunEvent.IntentRecorded e -> e.act().equals(act);
            case RunEvent.StepVerified e -> e.act().equals(act);
            case RunEvent.SoakBegun e -> e.act().equals(act);
            case RunEvent.Measured e -> e.act().equals(act);
            default -> false;
        };
    }

    public static Predicate<Entry> is(Class<? extends RunEvent> type) {
        return entry -> type.isInstance(entry.event());
    }

    void into(Trial trial, SplittableRandom random, CutoverPlan plan) {
        faults.forEach(fault -> fault.into(trial, random, plan));
    }

    @Override
    public String toString() {
        return text;
    }
}
