package io.bascule.app.report;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Entrance;
import io.bascule.core.run.Entry;
import io.bascule.core.run.Fold;
import io.bascule.core.run.Program;
import io.bascule.core.run.RunId;
import io.bascule.core.run.RunState;
import io.bascule.core.run.WayHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;

/**
 * A sheet of paper for the night on which nothing works: what each thing was before the run, what it is now, and what
 * to do by hand. Kept current outside the store, from GO on. Secrets are never on it.
 */
public final class WayBackSheet {
    private static final String NAME = "way-back.md";
    private final CutoverPlan plan;
    private final Program program;
    private final RunId run;
    private final Path file;
    private RunState state = Fold.nothing();
    private Instant at = Instant.EPOCH;
    private boolean changed;

    public WayBackSheet(CutoverPlan plan, RunId run, Path folder) {
        this.plan = plan;
        this.program = Program.of(plan);
        this.run = run;
        this.file = folder.resolve(NAME);
    }

    public Path file() {
        return file;
    }

    public void entry(Entry entry) {
        state = Fold.apply(program, state, entry);
        at = entry.at();
        changed = true;
    }

    /** Written anew when something happened, by renaming: a reader sees the old sheet or the new one. */
    public void write() {
        if (!changed) {
            return;
        }
        try {
            Path partial = file.resolveSibling(NAME + ".partial");
            Files.writeString(partial, text());
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            changed = false;
        } catch (IOException e) {
            throw new UncheckedIOException("the way-back sheet cannot be written", e);
        }
    }

    private String text() {
        StringBuilder out = new StringBuilder();
        out.append("# The way back of ").append(plan.title()).append("\n\n");
        out.append("Run ")
                .append(run)
                .append(", plan ")
                .append(plan.hash().hex())
                .append(", as of entry ");
        out.append(state.seq()).append(" at ").append(at).append(".\n\n");
        out.append("- Status: ")
                .append(state.status())
                .append(", ")
                .append(state.reason())
                .append('\n');
        out.append("- Way back: ")
                .append(state.wayBack())
                .append(", ")
                .append(state.wayBackWhy())
                .append("\n\n");
        out.append("With Bascule: `bascule rollback ").append(run).append(" --as PERSON --confirm \"roll back ");
        out.append(run).append("\"`, then `bascule run --run-id ").append(run).append("` if nobody ticks it.\n\n");
        out.append(
                "Without it, users first, then data, then the rest. Never open a database while the other is open.\n\n");
        out.append("| resource | before the run | now | restored |\n|---|---|---|---|\n");
        state.resources()
                .forEach((resource, known) -> out.append("| ")
                        .append(resource)
                        .append(" | ")
                        .append(known.pre().brief())
                        .append(" | ")
                        .append(known.observed().brief())
                        .append(" | ")
                        .append(known.observed().sameState(known.pre()) ? "yes" : "no")
                        .append(" |\n"));
        byHand(out);
        return out.toString();
    }

    /** What a roll-back would do from here, in its order, for hands. */
    private void byHand(StringBuilder out) {
        List<String> lines = WayHome.byHand(plan, state);
        out.append(lines.isEmpty() ? "" : "\n## By hand, in this order\n\n");
        for (int i = 0; i < lines.size(); i++) {
            out.append(i + 1).append(". ").append(lines.get(i)).append('\n');
        }
        plan.entrances().forEach(entrance -> reached(out, entrance));
    }

    private void reached(StringBuilder out, Entrance entrance) {
        out.append("\nThe entrance ").append(entrance.name()).append(" is reached by ");
        out.append(entrance.router().adapter()).append(' ');
        out.append(entrance.router().get("control").orElse(entrance.at())).append(".\n");
    }
}
