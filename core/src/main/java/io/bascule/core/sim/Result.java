package io.bascule.core.sim;

import io.bascule.core.run.Entry;
import io.bascule.core.run.RunEvent;
import io.bascule.core.run.RunState;
import io.bascule.core.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a simulated run ended.
 *
 * @param violation the first thing that must never be true and was; empty when all went by the contract
 * @param unchanged whether every resource is as it was at the start
 * @param lasted virtual time from the start to the end
 */
public record Result(
        String plan,
        long seed,
        String faults,
        RunState state,
        List<Entry> entries,
        Optional<String> violation,
        boolean unchanged,
        Duration lasted,
        int crashes) {
    public RunStatus status() {
        return state.status();
    }

    /** Virtual time from the beginning of the roll-back to its end; empty when there was none that ended. */
    public Optional<Duration> rollback() {
        Optional<Instant> begun = first(RunEvent.RollbackBegun.class);
        return begun.flatMap(from -> first(RunEvent.Ended.class).map(to -> Duration.between(from, to)));
    }

    private Optional<Instant> first(Class<? extends RunEvent> type) {
        return entries.stream()
                .filter(entry -> type.isInstance(entry.event()))
                .map(Entry::at)
                .findFirst();
    }

    public boolean has(Class<? extends RunEvent> type) {
        return first(type).isPresent();
    }

    /** One line that is enough to run it again. */
    public String brief() {
        return plan + " seed " + seed + " [" + faults + "]: " + status() + ", " + state.reason()
                + violation.map(v -> "; VIOLATION: " + v).orElse("");
    }

    /** The brief line and the last entries of the journal. */
    public String story(int last) {
        StringBuilder text = new StringBuilder(brief());
        for (Entry entry : entries.subList(Math.max(0, entries.size() - last), entries.size())) {
            text.append("\n  ")
                    .append(entry.seq())
                    .append(' ')
                    .append(entry.at())
                    .append(' ');
            String event = entry.event().toString();
            text.append(event, 0, Math.min(400, event.length()));
        }
        return text.toString();
    }
}
