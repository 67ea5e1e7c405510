package io.bascule.app.command;

import io.bascule.app.ExitCode;
import io.bascule.app.UserMistake;
import io.bascule.app.imports.Imported;
import io.bascule.core.plan.Shape;
import io.bascule.planfile.PlanTemplates;
import io.bascule.planfile.tree.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "init", description = "Writes a commented plan to start from.", mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The plan's name, and the folder it is written to.")
    String name = "my-cutover";

    @Option(names = "--shape", paramLabel = "S", description = "data-first, web-first, flip, stateless, decommission.")
    String shape = "data-first";

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description =
                    "Another tool's file: what it says is taken over, what it leaves out is marked as unanswered.")
    @Nullable
    Path from;

    @Override
    public Integer call() throws IOException {
        if (!PlanTemplates.isName(name)) {
            throw new UserMistake("'" + name + "' is no name for a plan: lower-case letters, digits and hyphens");
        }
        Map<String, String> files;
        if (from == null) {
            files = PlanTemplates.files(name, shape());
        } else {
            SourceText text = new SourceText(from.toString(), foreign(from));
            switch (Imported.read(text, name)) {
                case Imported.Faulty faulty -> {
                    Plans.tell(common, faulty.problems(), List.of(text));
                    throw new UserMistake(
                            Plans.count(faulty.problems().size()) + " in " + from + "; nothing was written");
                }
                case Imported.Plan plan -> files = Map.of("plan.yaml", plan.yaml());
            }
        }
        return write(files);
    }

    private static String foreign(Path from) {
        try {
            return Files.readString(from);
        } catch (IOException e) {
            throw new UserMistake(from + " cannot be read: no such file, or no UTF-8 text");
        }
    }

    private int write(Map<String, String> files) throws IOException {
        Path folder = Path.of(name);
        List<Path> there = files.keySet().stream()
                .map(folder::resolve)
                .filter(Files::exists)
                .toList();
        if (!there.isEmpty()) {
            throw new UserMistake(there.getFirst() + " is there already; nothing was written");
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.toAbsolutePath().getParent());
            Files.writeString(path, file.getValue());
            if (file.getKey().endsWith(".sh") && !path.toFile().setExecutable(true)) {
                common.err().println("bascule: " + path + " could not be made executable");
            }
            common.say("wrote " + path);
        }
        common.say("next: bascule check " + folder.resolve("plan.yaml"));
        return ExitCode.DONE;
    }

    private Shape shape() {
        return Arrays.stream(Shape.values())
                .filter(each -> each.word().equals(shape))
                .findFirst()
                .orElseThrow(() -> new UserMistake("no shape is called '" + shape + "': "
                        + String.join(
                                ", ",
                                Arrays.stream(Shape.values()).map(Shape::word).toList())));
    }
}
