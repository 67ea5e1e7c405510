package io.bascule.app.command;

import io.bascule.app.ExitCode;
import io.bascule.app.UserMistake;
import io.bascule.app.load.Interruption;
import io.bascule.app.load.LoadProgress;
import io.bascule.app.load.LoadText;
import io.bascule.app.load.Profile;
import io.bascule.app.load.ProfileFile;
import io.bascule.app.load.ResourcesOfLoad;
import io.bascule.app.load.Running;
import io.bascule.app.meters.Asking;
import io.bascule.app.meters.Gathering;
import io.bascule.app.meters.Wanted;
import io.bascule.core.json.Json;
import io.bascule.load.AbortRule;
import io.bascule.load.Arrivals;
import io.bascule.load.LoadGenerator;
import io.bascule.load.LoadOutcome;
import io.bascule.load.LoadRequest;
import io.bascule.load.RequestSource;
import io.bascule.load.TargetOutcome;
import io.bascule.load.Wire;
import io.bascule.load.file.IntervalLog;
import io.bascule.load.file.K6Summary;
import io.bascule.load.file.ResultFile;
import io.bascule.load.file.SecondsCsv;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "load",
        description = "Sends requests when they are due, whatever the target does with the earlier ones, and tells the"
                + " latency from when each was due. A URL: GETs at a constant rate. A profile: see docs/load.md.",
        mixinStandardHelpOptions = true)
final class LoadCommand implements Callable<Integer> {
    private static final double RATE = 100;
    private static final String DURATION = "10s";

    @Mixin
    Common common = new Common();

    @Parameters(paramLabel = "PROFILE|URL", description = "What to load: an address, or a file that says more.")
    String what = "";

    @Option(names = "--rate", paramLabel = "R", description = "Requests per second (for a URL: 100).")
    @Nullable
    Double rate;

    @Option(names = "--duration", paramLabel = "D", description = "How long (for a URL: 10s).")
    @Nullable
    String duration;

    @Option(names = "--connections", paramLabel = "N", description = "The most connections at once.")
    @Nullable
    Integer connections;

    @Option(names = "--out", paramLabel = "FILE", description = "Writes the result as JSON, with every histogram.")
    @Nullable
    Path out;

    @Option(
            names = "--resources",
            paramLabel = "[TARGET:]NAME=FROM",
            description =
                    "What the target used of CPU, memory, … meanwhile, asked for when the load has ended and kept in"
                            + " the result: cpu=cloudwatch:REGION?namespace=…, cpu=http://PROMETHEUS/?query=…, cpu=FILE.")
    List<String> resources = new ArrayList<>();

    @Option(names = "--log", paramLabel = "FILE", description = "Writes each second as it ends (HdrHistogram log).")
    @Nullable
    Path log;

    @Option(names = "--csv", paramLabel = "FILE", description = "Writes the seconds as CSV.")
    @Nullable
    Path csv;

    @Option(names = "--k6-summary", paramLabel = "FILE", description = "Writes a summary as k6 does (one target).")
    @Nullable
    Path k6;

    @Override
    public Integer call() throws InterruptedException, IOException {
        Profile profile = adjusted(profile());
        if (k6 != null && profile.targets().size() > 1) {
            throw new UserMistake("--k6-summary is for one target, the profile has "
                    + profile.targets().size());
        }
        List<String> slips = new ArrayList<>();
        List<String> names =
                profile.targets().stream().map(Profile.Target::name).toList();
        List<Wanted> wanted = new Wanted.Reader("--resources", names, slips).read(resources);
        if (!slips.isEmpty()) {
            throw new UserMistake(String.join("\nbascule: ", slips));
        }
        writable(out);
        writable(log);
        writable(csv);
        writable(k6);
        try (Interruption interruption = Interruption.listening()) {
            return load(profile, wanted, interruption);
        }
    }

    private int load(Profile profile, List<Wanted> wanted, Interruption interruption)
            throws InterruptedException, IOException {
        LoadGenerator.warmUp(Duration.ofSeconds(1));
        if (interruption.happened()) {
            common.err().println("stopped before the load began: nothing was sent, nothing is written");
            return ExitCode.INTERRUPTED;
        }
        LoadOutcome outcome = run(profile, interruption);
        write(outcome);
        tell(outcome);
        if (interruption.happened()) {
            common.err().println("stopped before its time; what was measured until then is told" + kept());
            return ExitCode.INTERRUPTED;
        }
        if (!wanted.isEmpty()) {
            used(outcome, wanted, interruption);
        }
        if (interruption.happened()) {
            common.err().println("stopped before all figures had come; the load's own are told" + kept());
            return ExitCode.INTERRUPTED;
        }
        boolean aborted = outcome.targets().stream().anyMatch(target -> target.aborted() != null);
        return aborted ? ExitCode.ERROR : ExitCode.DONE;
    }

    private String kept() {
        return out == null ? "" : ", and is in " + out;
    }

    /** Asks what the targets used. The result is written already, and is written once more with it. */
    private void used(LoadOutcome outcome, List<Wanted> wanted, Interruption interruption)
            throws InterruptedException, IOException {
        var enough = new CountDownLatch(1);
        interruption.stops(enough::countDown);
        var progress = new LoadProgress(common.err(), form());
        try {
            var gathering = new Gathering(
                    InstantSource.system(),
                    atMost -> !enough.await(atMost.toNanos(), TimeUnit.NANOSECONDS),
                    progress::say);
            LoadOutcome whole = ResourcesOfLoad.of(outcome, new Asking(wanted, InstantSource.system()), gathering);
            if (out != null) {
                ResultFile.write(out, whole);
            }
            progress.end();
            tellUsed(whole);
        } finally {
            progress.end();
        }
    }

    private void tellUsed(LoadOutcome outcome) {
        for (TargetOutcome target : outcome.targets()) {
            target.resources().forEach((measure, usage) -> {
                if (common.json()) {
                    common.json(ResourcesOfLoad.json(target.name(), measure, usage));
                } else if (usage.untold() == null) {
                    common.say(ResourcesOfLoad.text(target.name(), measure, usage));
                }
                if (usage.untold() != null) {
                    common.err()
                            .println("bascule: " + measure + " of " + target.name() + " is not known: "
                                    + usage.untold());
                }
            });
        }
    }

    /** Better told before a long run than after it. */
    private static void writable(@Nullable Path file) {
        if (file != null) {
            Path folder = file.toAbsolutePath().normalize().getParent();
            if (folder == null || !Files.isWritable(folder) || Files.isDirectory(file)) {
                throw new UserMistake(ExitCode.FAULTY_INPUT, file + " cannot be written");
            }
        }
    }

    private Profile profile() {
        if (what.matches("(?i)[a-z][a-z0-9+.-]*://.*")) {
            return ofUrl();
        }
        return switch (ProfileFile.read(Path.of(what))) {
            case ProfileFile.Good good -> good.profile();
            case ProfileFile.Faulty faulty -> {
                Plans.tell(common, faulty.problems(), faulty.texts());
                throw new UserMistake(
                        ExitCode.FAULTY_INPUT, Plans.count(faulty.problems().size()) + " in " + what);
            }
        };
    }

    private Profile ofUrl() {
        URI target = uri();
        String path = target.getRawPath() == null || target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
        Arrivals arrivals = checked(() -> Arrivals.constant(RATE).lasting(Durations.parse(DURATION)));
        return new Profile(
                Profile.words(arrivals),
                arrivals,
                Duration.ZERO,
                List.of(new Profile.Target("target", target, Wire.PLAIN)),
                RequestSource.repeating(LoadRequest.get(path + query)),
                Optional.empty(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                AbortRule.HALF);
    }

    private URI uri() {
        try {
            URI target = URI.create(what);
            boolean http = "http".equalsIgnoreCase(target.getScheme()) || "https".equalsIgnoreCase(target.getScheme());
            if (http && target.getHost() != null) {
                return target;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new UserMistake("'" + what + "' is no http:// or https:// address");
    }

    /** The profile with what the options say. */
    private Profile adjusted(Profile profile) {
        Profile adjusted = profile;
        if (rate != null || duration != null) {
            Arrivals arrivals = checked(() -> arrivals(profile.arrivals()));
            adjusted = adjusted.with(Profile.words(arrivals), arrivals);
        }
        Integer most = connections;
        if (most != null) {
            adjusted = adjusted.with(most);
        }
        Profile all = adjusted;
        checked(() -> all.targets().stream().map(all::on).toList());
        return all;
    }

    private Arrivals arrivals(Arrivals given) {
        Arrivals arrivals = given;
        Double other = rate;
        if (other != null) {
            Duration lasts = given.lasts();
            arrivals = Arrivals.constant(other).lasting(lasts == null ? Duration.ofSeconds(10) : lasts);
        }
        return duration == null ? arrivals : arrivals.lasting(Durations.parse(duration));
    }

    private static <T> T checked(java.util.function.Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new UserMistake(ExitCode.FAULTY_INPUT, "" + e.getMessage());
        }
    }

    private LoadOutcome run(Profile profile, Interruption interruption) throws InterruptedException, IOException {
        var progress = new LoadProgress(common.err(), form());
        try (IntervalLog seconds = log == null ? null : new IntervalLog(log);
                Running running = Running.begin(profile, (target, second) -> {
                    progress.second(target, second);
                    if (seconds != null) {
                        seconds.add(target, second);
                    }
                })) {
            interruption.stops(() -> running.stop("stopped by hand"));
            return running.await();
        } finally {
            progress.end();
        }
    }

    private LoadProgress.Form form() {
        return switch (common.mode()) {
            case TTY -> LoadProgress.Form.REDRAWN;
            case PLAIN -> LoadProgress.Form.LINES;
            default -> LoadProgress.Form.SILENT;
        };
    }

    private void write(LoadOutcome outcome) throws IOException {
        if (out != null) {
            ResultFile.write(out, outcome);
        }
        if (csv != null) {
            Files.writeString(csv, SecondsCsv.of(outcome));
        }
        if (k6 != null) {
            Files.writeString(
                    k6, Json.write(K6Summary.of(outcome.targets().getFirst().total())) + "\n");
        }
    }

    private void tell(LoadOutcome outcome) {
        if (!common.json()) {
            LoadText.of(outcome).forEach(common::say);
            return;
        }
        common.jsonVersion();
        for (TargetOutcome target : outcome.targets()) {
            var line = target.total().toJson();
            line.put("name", target.name());
            line.put("model", outcome.model().name());
            line.put("aborted", target.aborted());
            common.json(line);
        }
    }
}
