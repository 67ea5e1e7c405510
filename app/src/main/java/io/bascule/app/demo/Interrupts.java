package io.bascule.app.demo;

import io.bascule.app.Runner;
import io.bascule.app.term.Terminal;
import io.bascule.app.world.WorldClient;
import io.bascule.app.world.WorldFile;
import io.bascule.core.run.RunId;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What an interrupt of a demo does: the orchestrator stops, never rolls back by accident, and in a terminal the world
 * is stopped too when the user says so.
 */
final class Interrupts {
    private final Runner runner;
    private final Path folder;
    private final WorldFile world;
    private final RunId run;
    private final PrintStream err;
    private final Thread hook = new Thread(this::interrupted);

    Interrupts(Runner runner, Path folder, WorldFile world, RunId run, PrintStream err) {
        this.runner = runner;
        this.folder = folder;
        this.world = world;
        this.run = run;
        this.err = err;
    }

    void listen() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The run is over: nothing is left to say. */
    void over() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending already, and the hook has spoken
        }
    }

    private void interrupted() {
        runner.stop();
        err.println();
        if (wantsWorldStopped()) {
            try {
                new WorldClient(folder, world).stop();
                err.println("the world ends");
                return;
            } catch (IOException e) {
                err.println("the world could not be stopped: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        err.println("the world goes on for five minutes; nobody is judging this traffic now; go on with: bascule demo "
                + "--resume " + run);
    }

    private static boolean wantsWorldStopped() {
        return Terminal.console()
                .map(console -> console.readLine("Stop the demo's world too? [y/N] "))
                .map(answer -> answer.strip().toLowerCase(Locale.ROOT).startsWith("y"))
                .orElse(false);
    }
}
