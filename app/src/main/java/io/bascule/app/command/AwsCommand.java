package io.bascule.app.command;

import io.bascule.app.ExitCode;
import io.bascule.app.UserMistake;
import io.bascule.app.wiring.Wiring;
import io.bascule.planfile.Decoded;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "aws",
        description = "What is particular to AWS.",
        mixinStandardHelpOptions = true,
        subcommands = AwsCommand.Permissions.class)
final class AwsCommand {
    private AwsCommand() {}

    @Command(
            name = "permissions",
            description = "Prints the least IAM policy that a plan needs, to do and to undo; asks nobody.",
            mixinStandardHelpOptions = true)
    static final class Permissions implements Callable<Integer> {
        @Mixin
        Common common = new Common();

        @Mixin
        PlanFiles files = new PlanFiles();

        @Override
        public Integer call() {
            Decoded.Good good = files.need(common);
            List<String> policies = Wiring.permissions(good.plan());
            if (policies.isEmpty()) {
                throw new UserMistake(files.plan + " names nothing of AWS: it needs no permissions there");
            }
            policies.forEach(common::say);
            return ExitCode.DONE;
        }
    }
}
