package io.bascule.app.command;

import io.bascule.app.ExitCode;
import io.bascule.app.world.World;
import io.bascule.app.world.WorldOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The process of a demo's world; started by other commands, never by people. */
@Command(name = "world-process", hidden = true)
final class WorldProcessCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The world's folder.")
    Path folder = Path.of(".");

    @Option(names = "--port", description = "The front door's port.")
    int port;

    @Option(names = "--no-users", description = "Nobody uses it.")
    boolean noUsers;

    @Option(names = "--attended", description = "Ends five minutes after its orchestrator.")
    boolean attended;

    @Option(names = "--fault", description = "What goes wrong at half of the traffic.")
    WorldOptions.@Nullable Fault fault;

    @Override
    public Integer call() throws Exception {
        World.live(folder, new WorldOptions(port, !noUsers, Optional.ofNullable(fault), attended));
        return ExitCode.DONE;
    }
}
