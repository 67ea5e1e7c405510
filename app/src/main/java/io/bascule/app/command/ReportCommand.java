package io.bascule.app.command;

import io.bascule.app.ExitCode;
import io.bascule.app.UserMistake;
import io.bascule.app.report.ReportFiles;
import io.bascule.app.wiring.StoredPlan;
import io.bascule.core.run.RunId;
import io.bascule.engine.JdbcStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "report", description = "The report of a run: measured figures only.", mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    @Parameters(paramLabel = "RUN", arity = "0..1", description = "The run (default: the last one).")
    @Nullable
    String run;

    @Option(names = "--format", paramLabel = "html|md|json", description = "The form (default: ${DEFAULT-VALUE}).")
    String format = "md";

    @Option(names = "--out", paramLabel = "FILE", description = "Where to (default: standard output).")
    @Nullable
    Path file;

    @Override
    public Integer call() throws IOException {
        if (!format.matches("html|md|json")) {
            throw new UserMistake("--format takes html, md or json, not '" + format + "'");
        }
        RunId id = common.run(run);
        Path folder = common.home().run(id);
        Path made = folder.resolve("report." + format);
        if (!Files.exists(made) || !Files.isDirectory(common.home().demo(id))) {
            try (JdbcStore store = common.openStoreOf(id)) {
                StoredPlan plan = StoredPlan.read(store.planBody(id));
                ReportFiles.write(plan.plan(), id, store.journal(id), Optional.empty(), folder);
            }
        }
        String text = Files.readString(made);
        if (file == null) {
            common.out().print(text);
            common.out().flush();
        } else {
            Files.writeString(file, text);
            common.say("wrote " + file);
        }
        return ExitCode.DONE;
    }
}
