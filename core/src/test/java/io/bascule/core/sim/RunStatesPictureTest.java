package io.bascule.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.run.Entry;
import io.bascule.core.run.Fold;
import io.bascule.core.run.Program;
import io.bascule.core.run.RunState;
import io.bascule.core.run.RunStatus;
import io.bascule.core.run.Tick;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The picture of a run's states is drawn from simulated runs; {@code -Dupdate=true} writes it anew. */
class RunStatesPictureTest {
    private static final Path PICTURE = Path.of("..", "docs", "run-states.md");
    private static final int SEEDS = 1000;

    @Test
    void the_picture_of_the_states_is_current() throws IOException {
        String drawn = draw();
        if (Boolean.getBoolean("update")) {
            Files.createDirectories(PICTURE.getParent());
            Files.writeString(PICTURE, drawn);
        }
        assertThat(Files.readString(PICTURE)).isEqualTo(drawn);
    }

    private static String draw() {
        SortedMap<String, SortedSet<String>> arrows = new TreeMap<>();
        for (CutoverPlan plan : SimPlans.all()) {
            Program program = Program.of(plan);
            LongStream.range(0, SEEDS)
                    .parallel()
                    .mapToObj(seed -> Simulation.of(plan, program, seed)
                            .faults(Faults.drawn())
                            .quick()
                            .run())
                    .flatMap(result -> changes(program, result).stream())
                    .forEachOrdered(change -> arrows.computeIfAbsent(change.arrow(), _ -> new TreeSet<>())
                            .add(change.event()));
        }
        StringBuilder text = new StringBuilder("""
                # The states of a run

                Drawn by `RunStatesPictureTest` from simulated runs with faults of every kind; the test fails when this page is stale.

                ```mermaid
                stateDiagram-v2
                    [*] --> RUNNING
                """);
        arrows.forEach((arrow, events) -> text.append("    ")
                .append(arrow)
                .append(" : ")
                .append(String.join(", ", events))
                .append('\n'));
        for (RunStatus status : RunStatus.values()) {
            if (status.terminal()) {
                text.append("    ").append(status).append(" --> [*]\n");
            }
        }
        return text.append("```\n").toString();
    }

    /** An event after which a run has another status. */
    private record Change(String arrow, String event) {}

    private static Set<Change> changes(Program program, Result result) {
        Set<Change> changes = new LinkedHashSet<>();
        RunState state = new Tick.Memory(SimPlans.dataFirst(), program).state();
        for (Entry entry : result.entries()) {
            RunState next = Fold.apply(program, state, entry);
            if (next.status() != state.status()) {
                changes.add(new Change(
                        state.status() + " --> " + next.status(),
                        entry.event().getClass().getSimpleName()));
            }
            state = next;
        }
        return changes;
    }
}
