package io.bascule.app.command;

import io.bascule.app.ExitCode;
import io.bascule.app.UserMistake;
import io.bascule.core.json.Json;
import io.bascule.load.LoadGenerator;
import io.bascule.load.LoadProfile;
import io.bascule.load.LoadRequest;
import io.bascule.load.LoadResult;
import io.bascule.load.LoadRun;
import io.bascule.load.Percentiles;
import io.bascule.load.RequestSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "load",
        description = "Sends requests at a constant rate, an open model, and tells the latency from when each was due.",
        mixinStandardHelpOptions = true)
final class LoadCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    @Parameters(paramLabel = "URL", description = "What to load; http only.")
    String url = "";

    @Option(names = "--rate", paramLabel = "R", description = "Requests per second (default: ${DEFAULT-VALUE}).")
    double rate = 100;

    @Option(names = "--duration", paramLabel = "D", description = "How long (default: ${DEFAULT-VALUE}).")
    String duration = "10s";

    @Option(names = "--connections", paramLabel = "N", description = "The most connections at once.")
    @Nullable
    Integer connections;

    @Option(names = "--out", paramLabel = "FILE", description = "Writes the result as JSON as well.")
    @Nullable
    Path file;

    @Override
    public Integer call() throws InterruptedException, IOException {
        URI target = uri();
        String path = target.getRawPath() == null || target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
        LoadProfile profile = profile(target);
        LoadGenerator.warmUp(Duration.ofSeconds(1));
        LoadResult result;
        try (LoadRun run =
                LoadGenerator.start(profile, RequestSource.repeating(LoadRequest.get(path + query)), _ -> {})) {
            result = run.await();
        }
        if (file != null) {
            Files.writeString(file, Json.write(result.toJson()) + "\n");
        }
        tell(result);
        return ExitCode.DONE;
    }

    private URI uri() {
        try {
            URI target = URI.create(url);
            if ("http".equalsIgnoreCase(target.getScheme()) && target.getHost() != null) {
                return target;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new UserMistake("'" + url + "' is no http:// address");
    }

    private LoadProfile profile(URI target) {
        try {
            LoadProfile profile = LoadProfile.of(target, rate).lasting(Durations.parse(duration));
            return connections == null ? profile : profile.withConnections(connections);
        } catch (IllegalArgumentException e) {
            throw new UserMistake("" + e.getMessage());
        }
    }

    private void tell(LoadResult result) {
        if (common.json()) {
            common.jsonVersion();
            common.json(result.toJson());
            return;
        }
        common.say(String.format(
                Locale.ROOT,
                "%s: %,d requests, %,d failed %s",
                url,
                result.requests(),
                result.failed(),
                result.errors()));
        Percentiles times = result.response().percentiles();
        if (times != null) {
            common.say(String.format(
                    Locale.ROOT,
                    "response from when due: p50 %.2f ms, p95 %.2f ms, p99 %.2f ms, max %.2f ms",
                    times.p50(),
                    times.p95(),
                    times.p99(),
                    times.max()));
        }
        common.say(result.validity().label() + ": " + result.validity().why());
    }
}
