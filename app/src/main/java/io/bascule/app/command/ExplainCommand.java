package io.bascule.app.command;

import io.bascule.app.ExitCode;
import io.bascule.app.UserMistake;
import io.bascule.planfile.Explain;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "explain",
        description = "Tells what a plan key or a problem code means.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    @Parameters(paramLabel = "KEY|CODE", description = "entrances.web.park, at-most, BSC-1101, ...")
    String what = "";

    @Override
    public Integer call() {
        Optional<String> text = Explain.of(what);
        if (text.isEmpty()) {
            String near = Explain.nearest(what)
                    .map(word -> "; did you mean '" + word + "'?")
                    .orElse("");
            throw new UserMistake("no key or code is called '" + what + "'" + near);
        }
        common.say(text.get().stripTrailing());
        return ExitCode.DONE;
    }
}
