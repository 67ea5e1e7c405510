package io.bascule.app.command;

import io.bascule.app.ExitCode;
import io.bascule.app.UserMistake;
import io.bascule.app.meters.Asking;
import io.bascule.app.meters.Gathering;
import io.bascule.app.meters.Wanted;
import io.bascule.app.performance.PerformanceReport;
import io.bascule.app.performance.RunFile;
import io.bascule.app.performance.Usages;
import io.bascule.core.performance.Assessment;
import io.bascule.core.performance.CompareRules;
import io.bascule.core.performance.Comparison;
import io.bascule.core.performance.Measured;
import io.bascule.core.performance.Objectives;
import io.bascule.load.Usage;
import io.bascule.planfile.ProblemText;
import io.bascule.planfile.objectives.ObjectivesFile;
import io.bascule.planfile.objectives.ObjectivesFile.Asked;
import io.bascule.planfile.objectives.ReadFile;
import io.bascule.planfile.tree.SourceText;
import io.bascule.planfile.tree.YamlReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "compare",
        description = "Compares a run under load with an earlier one, and holds it against objectives.",
        mixinStandardHelpOptions = true,
        footerHeading = "%n",
        footer = {
            "Exits with 0 when the verdict is PASS, with 99 when it is not: FAIL, and also INCONCLUSIVE, NO_DATA and",
            "ERROR, because what was not shown is no pass. The last line says what would decide it."
        })
final class CompareCommand implements Callable<Integer> {
    private static final InstantSource CLOCK = InstantSource.system();

    @Mixin
    Common common = new Common();

    @Parameters(
            index = "0",
            paramLabel = "BASELINE",
            description =
                    "A result of 'load --out' (FILE:TARGET for one of several targets), or figures as JSON or YAML.")
    String baseline = "";

    @Parameters(index = "1", paramLabel = "CURRENT", description = "The same, for the run to judge.")
    String current = "";

    @Option(names = "--objectives", paramLabel = "FILE", description = "What the current run must keep to.")
    @Nullable
    Path objectives;

    @Option(
            names = "--baseline-resources",
            paramLabel = "NAME=FROM",
            description =
                    "Samples of the baseline's CPU, memory, …: cpu=FILE with an answer of Prometheus or CloudWatch, or"
                            + " a CSV file; or cpu=http://PROMETHEUS/?query=… or cpu=cloudwatch:REGION?namespace=…, asked"
                            + " over the run's time. Before those that the result has from 'load --resources'.")
    List<String> baselineResources = new ArrayList<>();

    @Option(names = "--resources", paramLabel = "NAME=FROM", description = "The same for the current run.")
    List<String> resources = new ArrayList<>();

    private final List<String> slips = new ArrayList<>();

    @Option(names = "--different-load", description = "Compare although the loads differ.")
    boolean differentLoad;

    @Option(names = "--format", paramLabel = "md|html|json", description = "The form (default: ${DEFAULT-VALUE}).")
    String format = "md";

    @Option(names = "--out", paramLabel = "FILE", description = "Where to (default: standard output).")
    @Nullable
    Path file;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!format.matches("html|md|json")) {
            throw new UserMistake("--format takes md, html or json, not '" + format + "'");
        }
        List<Wanted> wantedBefore = wanted("--baseline-resources", baselineResources);
        List<Wanted> wantedNow = wanted("--resources", resources);
        if (!slips.isEmpty()) {
            throw new UserMistake(String.join("\nbascule: ", slips));
        }
        List<ReadFile.Faulty<?>> faults = new ArrayList<>();
        Optional<RunFile.Run> before = run(baseline, "source", faults);
        Optional<RunFile.Run> now = run(current, "target", faults);
        Optional<Asked> asked = asked(faults);
        if (!faults.isEmpty() || before.isEmpty() || now.isEmpty() || asked.isEmpty()) {
            return tell(faults);
        }
        Map<String, Usage> usedBefore = used(before.get(), wantedBefore);
        Map<String, Usage> usedNow = used(now.get(), wantedNow);
        return compared(
                Usages.with(before.get().measured(), usedBefore, usedNow),
                Usages.with(now.get().measured(), usedNow, usedBefore),
                asked.get());
    }

    private Integer compared(Measured before, Measured now, Asked asked) throws IOException {
        CompareRules rules = differentLoad ? asked.rules().atAnyLoad() : asked.rules();
        Comparison comparison = Comparison.of(before, now, rules);
        Assessment assessment = Assessment.of(now, Optional.of(comparison), Objectives.hold(now, asked.objectives()));
        write(PerformanceReport.of(assessment, Clock.systemUTC().instant()));
        common.err()
                .println("bascule: " + assessment.verdict().word() + ", " + assessment.words() + ": "
                        + assessment.reasons().getFirst());
        if (comparison.refused()) {
            common.err().println("bascule: --different-load compares them all the same");
            return ExitCode.FAULTY_INPUT;
        }
        return assessment.verdict().passed() ? ExitCode.DONE : ExitCode.OBJECTIVE_FAILED;
    }

    private List<Wanted> wanted(String option, List<String> texts) {
        return new Wanted.Reader(option, List.of(), slips).read(texts);
    }

    private static Optional<RunFile.Run> run(String argument, String preferred, List<ReadFile.Faulty<?>> faults)
            throws IOException {
        try {
            return switch (RunFile.read(argument, preferred)) {
                case ReadFile.Good<RunFile.Run>(RunFile.Run run) -> Optional.of(run);
                case ReadFile.Faulty<RunFile.Run> faulty -> {
                    faults.add(faulty);
                    yield Optional.empty();
                }
            };
        } catch (CharacterCodingException e) {
            throw new UserMistake(argument + ": the file is not UTF-8 text");
        } catch (IllegalArgumentException e) {
            throw new UserMistake("" + e.getMessage());
        }
    }

    /** What the result says, and before it what is asked for here. */
    private Map<String, Usage> used(RunFile.Run run, List<Wanted> wanted) throws IOException, InterruptedException {
        Measured measured = run.measured();
        Asking asking = new Asking(wanted, CLOCK);
        Map<String, Usage> used = new TreeMap<>(run.resources());
        try {
            asking.files(measured.begun(), measured.lasted()).values().forEach(used::putAll);
        } catch (IllegalArgumentException e) {
            throw new UserMistake("" + e.getMessage());
        }
        if (wanted.stream().noneMatch(each -> each instanceof Wanted.OfMeter)) {
            return used;
        }
        if (measured.begun().isEmpty() || measured.lasted().isEmpty()) {
            throw new UserMistake(
                    measured.name()
                            + ": written-down figures do not say when they were taken, so nobody can be asked what was used then");
        }
        Instant begun = measured.begun().get();
        Gathering gathering = new Gathering(CLOCK, Gathering.Pause.UNDISTURBED, common.err()::println);
        asking.meters(begun, begun.plus(measured.lasted().get()), gathering)
                .values()
                .forEach(used::putAll);
        return used;
    }

    private Optional<Asked> asked(List<ReadFile.Faulty<?>> faults) throws IOException {
        if (objectives == null) {
            return Optional.of(new Asked(List.of(), CompareRules.CUSTOMARY));
        }
        if (!Files.isRegularFile(objectives)) {
            throw new UserMistake(objectives + ": there is no such file");
        }
        if (Files.size(objectives) > YamlReader.LARGEST) {
            throw new UserMistake(objectives + ": larger than " + YamlReader.LARGEST + " bytes");
        }
        try {
            return switch (ObjectivesFile.read(new SourceText(objectives.toString(), Files.readString(objectives)))) {
                case ReadFile.Good<Asked>(Asked asked) -> Optional.of(asked);
                case ReadFile.Faulty<Asked> faulty -> {
                    faults.add(faulty);
                    yield Optional.empty();
                }
            };
        } catch (CharacterCodingException e) {
            throw new UserMistake(objectives + ": the file is not UTF-8 text");
        }
    }

    private Integer tell(List<ReadFile.Faulty<?>> faults) {
        if (common.json()) {
            common.jsonVersion();
        }
        for (ReadFile.Faulty<?> faulty : faults) {
            if (common.json()) {
                faulty.problems().forEach(problem -> common.json(Plans.line(problem)));
            } else {
                common.say(ProblemText.render(faulty.problems(), List.of(faulty.text())));
            }
        }
        int problems =
                faults.stream().mapToInt(faulty -> faulty.problems().size()).sum();
        common.err().println("bascule: " + Plans.count(problems));
        return ExitCode.FAULTY_INPUT;
    }

    private void write(PerformanceReport report) throws IOException {
        if (common.json() && file == null) {
            common.jsonVersion();
        }
        String text = report.text(common.json() && file == null ? "json" : format);
        if (file == null) {
            common.out().print(text);
            common.out().flush();
        } else {
            Files.writeString(file, text);
            common.err().println("bascule: wrote " + file);
        }
    }
}
