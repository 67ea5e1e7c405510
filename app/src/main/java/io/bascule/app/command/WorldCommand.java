package io.bascule.app.command;

import io.bascule.app.ExitCode;
import io.bascule.app.UserMistake;
import io.bascule.app.demo.Examples;
import io.bascule.app.world.WorldClient;
import io.bascule.app.world.WorldFile;
import io.bascule.app.world.WorldLauncher;
import io.bascule.app.world.WorldOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "world",
        description = "The demo's world alone, on the plan file's ports, to try plans of your own against.",
        mixinStandardHelpOptions = true)
final class WorldCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    enum What {
        START,
        STOP,
        STATUS
    }

    @Parameters(paramLabel = "start|stop|status", description = "What to do.")
    What what = What.STATUS;

    @Option(names = "--port", paramLabel = "N", description = "The front door's port (default: ${DEFAULT-VALUE}).")
    int port = 8080;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = common.home().folder().resolve("world");
        Optional<WorldFile> running = WorldFile.read(folder);
        return switch (what) {
            case START -> start(folder, running);
            case STOP -> stop(folder, running);
            case STATUS -> status(folder, running);
        };
    }

    private int start(Path folder, Optional<WorldFile> running) throws IOException, InterruptedException {
        if (running.isPresent()) {
            throw new UserMistake("a world is running already, front door http://127.0.0.1:"
                    + running.get().door());
        }
        Examples.copyShop(folder);
        WorldFile world = WorldLauncher.start(folder, new WorldOptions(port, true, Optional.empty(), false));
        Examples.usePorts(folder.resolve("plan.yaml"), world);
        common.say("front door http://127.0.0.1:" + world.door() + ", source " + world.source() + ", target "
                + world.target() + ", 500 requests a second by users");
        common.say("its plan: " + folder.resolve("plan.yaml") + "   (bascule run it, or edit it first)");
        return ExitCode.DONE;
    }

    private int stop(Path folder, Optional<WorldFile> running) throws IOException, InterruptedException {
        if (running.isEmpty()) {
            throw new UserMistake("no world is running");
        }
        new WorldClient(folder, running.get()).stop();
        common.say("the world ends");
        return ExitCode.DONE;
    }

    private int status(Path folder, Optional<WorldFile> running) throws IOException, InterruptedException {
        if (running.isEmpty()) {
            common.say("no world is running");
            return ExitCode.ERROR;
        }
        Map<String, @Nullable Object> users = new WorldClient(folder, running.get()).users();
        common.say("front door http://127.0.0.1:" + running.get().door() + ", " + users.get("requests")
                + " requests by users, " + users.get("failed") + " failed");
        return ExitCode.DONE;
    }
}
