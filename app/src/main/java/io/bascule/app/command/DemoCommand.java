package io.bascule.app.command;

import io.bascule.app.demo.Demo;
import io.bascule.app.demo.DemoOptions;
import io.bascule.app.world.WorldOptions;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = "The main job on this machine, nothing else installed: a live shop is moved, with users on it.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    @Option(names = "--fast", description = "The same plan with shorter soaks, at most 60 s.")
    boolean fast;

    @Option(
            names = "--fail",
            paramLabel = "HOW",
            arity = "0..1",
            fallbackValue = "slow",
            description = "At half of the traffic the target grows slow, or answers errors; the way back is shown.")
    @Nullable
    String fail;

    @Option(names = "--ask", description = "Leaves the gates to you, from a second terminal.")
    boolean ask;

    @Option(names = "--port", paramLabel = "N", description = "The front door's port (default: any free one).")
    int port;

    @Option(
            names = "--resume",
            paramLabel = "RUN",
            arity = "0..1",
            fallbackValue = "",
            description = "Goes on with a demo whose orchestrator is gone (default: the last one).")
    @Nullable
    String resume;

    @Override
    public Integer call() throws Exception {
        Optional<WorldOptions.Fault> fault = Optional.ofNullable(fail).map(DemoCommand::fault);
        DemoOptions options = new DemoOptions(fast, fault, ask, port);
        Demo demo = new Demo(
                common.home(), options, common.mode(), common.paint(), common.out(), common.err(), common::jsonVersion);
        if (resume == null) {
            return demo.begin();
        }
        return demo.resume(resume.isEmpty() ? Optional.empty() : Optional.of(common.run(resume)));
    }

    private static WorldOptions.Fault fault(String word) {
        return switch (word) {
            case "slow" -> WorldOptions.Fault.SLOW;
            case "errors" -> WorldOptions.Fault.ERRORS;
            default ->
                throw new io.bascule.app.UserMistake(
                        "--fail takes slow or errors, not '" + word.toLowerCase(Locale.ROOT) + "'");
        };
    }
}
