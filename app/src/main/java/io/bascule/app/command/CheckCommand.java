package io.bascule.app.command;

import io.bascule.app.ExitCode;
import io.bascule.planfile.Decoded;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "check", description = "Tells every problem of a plan at once.", mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    @Mixin
    PlanFiles files = new PlanFiles();

    @Override
    public Integer call() {
        Decoded decoded = files.read();
        Plans.tell(common, decoded);
        if (decoded instanceof Decoded.Good good) {
            if (!common.json()) {
                common.say(files.plan + ": a good plan, " + good.plan().steps().count() + " steps, hash "
                        + good.plan().hash().brief());
            }
            return ExitCode.DONE;
        }
        common.err().println("bascule: " + Plans.count(decoded.told().size()) + " in " + files.plan);
        return ExitCode.FAULTY_INPUT;
    }
}
