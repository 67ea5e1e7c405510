package io.bascule.embedded.script;

import io.bascule.core.port.Actuator;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import io.bascule.embedded.script.GuardedProcess.Exited;
import io.bascule.embedded.script.GuardedProcess.NotStarted;
import io.bascule.embedded.script.GuardedProcess.Stopped;
import java.time.InstantSource;
import java.util.Map;

/**
 * A script with an effect. Its observing program prints the state in one word or line: {@code done} once it is applied,
 * anything else before. {@code run} brings it to {@code done}; {@code undo} to what was observed before.
 */
final class ScriptActuator implements Actuator {
    private static final String STATE = "state";

    private final ProcessScripts scripts;
    private final InstantSource clock;
    private final String step;
    private final String run;
    private final String observe;
    private final String undo;

    ScriptActuator(ProcessScripts scripts, InstantSource clock, String step, String run, String observe, String undo) {
        this.scripts = scripts;
        this.clock = clock;
        this.step = step;
        this.run = run;
        this.observe = observe;
        this.undo = undo;
    }

    @Override
    public Authority authorise(Deadline deadline) {
        return new Authority.Untold("a script cannot be asked beforehand: " + run);
    }

    @Override
    public Reading observe(Deadline deadline) {
        return switch (scripts.execute(observe, Map.of("BASCULE_STEP", step), deadline)) {
            case Exited(int code, String output)
            when code == 0 && !output.isBlank() -> new Reading.Seen(Image.of(STATE, output.strip()));
            case Exited(int code, String output) ->
                new Reading.Unseen(observe + " ended with exit code " + code + ": " + output.strip());
            case Stopped(String why, String _) -> new Reading.Unseen(observe + " " + why);
            case NotStarted(String why) -> new Reading.Unseen(observe + " " + why);
        };
    }

    @Override
    public Outcome apply(Change change, Deadline deadline) {
        String wanted = change.wanted().get(STATE);
        if (wanted.isEmpty() || change.wanted().owned().size() != 1) {
            return new Outcome.Refused("a script's state is one word", false);
        }
        if (clock.instant().isAfter(change.notAfter())) {
            return new Outcome.Refused("too late: after " + change.notAfter(), false);
        }
        if (!(observe(deadline) instanceof Reading.Seen seen)) {
            return new Outcome.Refused("its state could not be seen", true);
        }
        if (seen.image().sameState(change.wanted())) {
            return new Outcome.Done("");
        }
        if (!seen.image().sameState(change.expected())) {
            return new Outcome.Refused("it is " + seen.image().brief(), false);
        }
        String program = wanted.equals("done") ? run : undo;
        return program.isBlank() ? new Outcome.Refused("there is no undo", false) : go(program, change, deadline);
    }

    private Outcome go(String program, Change change, Deadline deadline) {
        Map<String, String> more = Map.of(
                "BASCULE_STEP", step,
                "BASCULE_TOKEN", change.token(),
                "BASCULE_WANTED", change.wanted().get(STATE),
                "BASCULE_NOT_AFTER", change.notAfter().toString());
        return switch (scripts.execute(program, more, deadline)) {
            case Exited(int code, String _) when code == 0 -> new Outcome.Done(change.token());
            case Exited(int code, String output) ->
                new Outcome.Unknown(program + " ended with exit code " + code + ": " + output.strip());
            case Stopped(String why, String _) -> new Outcome.Unknown(program + " " + why);
            case NotStarted(String why) -> new Outcome.Refused(program + " " + why, false);
        };
    }
}
