package io.bascule.app.command;

import io.bascule.app.ExitCode;
import io.bascule.planfile.Decoded;
import io.bascule.planfile.PlanFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "check", description = "Tells every problem of a plan at once.", mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    @Parameters(paramLabel = "PLAN", description = "The plan file.")
    Path plan = Path.of("plan.yaml");

    @Option(names = "--overlay", paramLabel = "FILE", description = "Values laid over the plan.")
    List<Path> overlays = new ArrayList<>();

    @Override
    public Integer call() {
        Decoded decoded = PlanFile.read(plan, overlays);
        Plans.tell(common, decoded);
        if (decoded instanceof Decoded.Good good) {
            if (!common.json()) {
                common.say(plan + ": a good plan, " + good.plan().steps().count() + " steps, hash "
                        + good.plan().hash().brief());
            }
            return ExitCode.DONE;
        }
        common.err().println("bascule: " + Plans.count(decoded.told().size()) + " in " + plan);
        return ExitCode.FAULTY_INPUT;
    }
}
