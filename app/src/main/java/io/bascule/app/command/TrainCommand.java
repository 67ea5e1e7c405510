package io.bascule.app.command;

import io.bascule.app.ExitCode;
import io.bascule.app.wiring.StoredRuns;
import io.bascule.app.wiring.Wiring;
import io.bascule.embedded.http.HttpCaller;
import io.bascule.engine.Engine;
import io.bascule.engine.EngineSettings;
import io.bascule.engine.JdbcStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Does what people wait for most, once, and changes nothing but its own folder: the launcher records which classes that
 * takes, and later starts have them ready.
 */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DIR", description = "A folder of its own.")
    Path folder = Path.of(".");

    @Parameters(index = "1", paramLabel = "PLAN", description = "A plan to read and to rehearse.")
    Path plan = Path.of(".");

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "AWS",
            description = "A folder with a plan on AWS and its recorded answers.")
    @Nullable
    Path aws;

    @Override
    public Integer call() throws IOException {
        for (List<String> each : List.of(
                List.of("check", plan.toString()),
                List.of("plan", plan.toString(), "--home", folder.toString()),
                List.of("rehearse", plan.toString(), "-o", "json", "--home", folder.toString()),
                List.of("status", "--home", folder.toString()))) {
            Bascule.execute(each.toArray(String[]::new));
        }
        try (JdbcStore store = JdbcStore.open("jdbc:sqlite:" + folder.resolve("engine.db"));
                Engine engine = new Engine(store, new Wiring(new StoredRuns(store)), EngineSettings.of(store))) {
            engine.start();
        }
        HttpCaller.call(
                "GET", URI.create("http://127.0.0.1:1/"), Map.of(), "", Duration.ofSeconds(1)); // nobody is there
        if (aws != null) {
            planOn(aws);
        }
        return ExitCode.DONE;
    }

    /** Asks nobody but the recorded answers: not where the environment leads a service elsewhere, which goes first. */
    private void planOn(Path aws) throws IOException {
        if (System.getenv().keySet().stream().anyMatch(name -> name.startsWith("AWS_ENDPOINT_URL_"))) {
            return;
        }
        try (RecordedAws recorded = RecordedAws.of(aws.resolve("answers.json"))) {
            System.setProperty("aws.endpointUrl", recorded.address().toString());
            System.setProperty("aws.accessKeyId", "nobody");
            System.setProperty("aws.secretAccessKey", "none");
            Bascule.execute("plan", aws.resolve("plan.yaml").toString(), "--home", folder.toString());
        }
    }
}
