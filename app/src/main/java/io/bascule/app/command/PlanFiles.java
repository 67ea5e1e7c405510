package io.bascule.app.command;

import io.bascule.planfile.Decoded;
import io.bascule.planfile.PlanFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The plan that a command is about, with what is laid over it. */
final class PlanFiles {
    @Parameters(paramLabel = "PLAN", description = "The plan file.")
    Path plan = Path.of("plan.yaml");

    @Option(names = "--overlay", paramLabel = "FILE", description = "Values laid over the plan.")
    List<Path> overlays = new ArrayList<>();

    /** As it was decoded, good or faulty; nothing is told. */
    Decoded read() {
        return PlanFile.read(plan, overlays);
    }

    /** The plan, or its problems told and an exit with 2. */
    Decoded.Good need(Common common) {
        return Plans.need(common, plan, overlays);
    }
}
