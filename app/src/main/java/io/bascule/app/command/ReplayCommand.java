package io.bascule.app.command;

import io.bascule.app.ExitCode;
import io.bascule.app.UserMistake;
import io.bascule.core.json.Json;
import io.bascule.load.LoadGenerator;
import io.bascule.load.LoadProfile;
import io.bascule.load.Wire;
import io.bascule.load.replay.Finding;
import io.bascule.load.replay.Recording;
import io.bascule.load.replay.Replay;
import io.bascule.load.replay.ReplayOutcome;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "replay",
        description =
                "Sends the reads of an access log (combined, load balancer, HAR) to source and target when they came,"
                        + " and tells what the target answers differently; what the source answers differently by itself is"
                        + " noise. Exit 99 when something differs.",
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
    private static final long LARGEST = 512L << 20;

    @Mixin
    Common common = new Common();

    @Parameters(paramLabel = "LOG", description = "The recorded requests; only GET, HEAD and OPTIONS are sent.")
    Path log = Path.of("access.log");

    @Option(names = "--source", required = true, paramLabel = "URL", description = "What answers as it should.")
    String source = "";

    @Option(names = "--target", required = true, paramLabel = "URL", description = "What should answer the same.")
    String target = "";

    @Option(names = "--speed", paramLabel = "N", description = "So many times as fast (default: ${DEFAULT-VALUE}).")
    double speed = 1;

    @Option(names = "--header", paramLabel = "NAME=VALUE", description = "A header of every request.")
    Map<String, String> headers = Map.of();

    @Option(names = "--trust", paramLabel = "FILE", description = "Certificates (PEM) to trust instead of the usual.")
    @Nullable
    Path trust;

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (!(speed > 0 && speed <= 1_000)) {
            throw new UserMistake(ExitCode.FAULTY_INPUT, "--speed must be above 0 and at most 1000: " + speed);
        }
        LoadProfile from = side("--source", source);
        LoadProfile to = side("--target", target);
        Recording recording = recording();
        common.err()
                .println(String.format(
                        Locale.ROOT,
                        "%,d reads; left out: %,d that may change something, %,d unreadable lines",
                        recording.requests().size(),
                        recording.unsafe(),
                        recording.unread()));
        LoadGenerator.warmUp(Duration.ofSeconds(1));
        ReplayOutcome outcome = new Replay(recording, from, to, headers).run(speed);
        tell(outcome);
        return outcome.compared() == 0
                ? ExitCode.ERROR
                : outcome.identical() ? ExitCode.DONE : ExitCode.OBJECTIVE_FAILED;
    }

    private LoadProfile side(String option, String url) {
        try {
            Wire wire = trust == null ? Wire.PLAIN : Wire.PLAIN.trusting(trust);
            return LoadProfile.of(URI.create(url), 1).withConnections(200).over(wire);
        } catch (IllegalArgumentException e) {
            throw new UserMistake(ExitCode.FAULTY_INPUT, option + ": " + e.getMessage());
        }
    }

    private Recording recording() throws IOException {
        try {
            if (Files.size(log) > LARGEST) {
                throw new UserMistake(ExitCode.FAULTY_INPUT, log + " is larger than " + LARGEST + " bytes: split it");
            }
            Recording recording = Recording.read(Files.readString(log, StandardCharsets.UTF_8));
            recording.faults().forEach(fault -> common.err().println(log + ":" + fault.line() + ": " + fault.what()));
            if (recording.requests().isEmpty()) {
                throw new UserMistake(
                        ExitCode.FAULTY_INPUT, "there is no read in " + log + " that could be sent again");
            }
            return recording;
        } catch (NoSuchFileException e) {
            throw new UserMistake(ExitCode.FAULTY_INPUT, "there is no file " + log);
        } catch (MalformedInputException e) {
            throw new UserMistake(ExitCode.FAULTY_INPUT, log + " is not UTF-8 text");
        }
    }

    private void tell(ReplayOutcome outcome) {
        if (common.json()) {
            common.jsonVersion();
            outcome.findings().forEach(finding -> common.json(json(finding)));
            common.json(Json.object(
                    "type", "replay.result",
                    "requests", outcome.requests(),
                    "compared", outcome.compared(),
                    "findings", (long) outcome.findings().size(),
                    "unconfirmed", (long) outcome.unconfirmed().size(),
                    "noise", outcome.noise(),
                    "identical", outcome.identical()));
            return;
        }
        for (Finding finding : outcome.findings()) {
            common.say(finding.words() + ", " + finding.proof());
            common.say("  " + finding.example());
            common.say("  source " + finding.source());
            common.say("  target " + finding.target());
        }
        common.say(String.format(
                Locale.ROOT,
                "%,d of %,d requests compared: %d differences, %d not seen again, %d noisy places",
                outcome.compared(),
                outcome.requests(),
                outcome.findings().size(),
                outcome.unconfirmed().size(),
                outcome.noise().size()));
        common.say(
                outcome.compared() == 0
                        ? "NO_DATA: nothing was answered by both"
                        : outcome.identical()
                                ? "IDENTICAL: the target answers as the source does"
                                : "DIFFERENT: the target answers otherwise");
    }

    private static Object json(Finding finding) {
        return Json.object(
                "type", "replay.finding",
                "endpoint", finding.endpoint(),
                "where", finding.where(),
                "kind", finding.kind(),
                "requests", finding.requests(),
                "compared", finding.compared(),
                "example", finding.example(),
                "source", finding.source(),
                "target", finding.target(),
                "proof", finding.proof());
    }
}
