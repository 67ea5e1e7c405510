package io.bascule.app.load;

import io.bascule.load.IntervalSnapshot;
import io.bascule.load.LoadGenerator;
import io.bascule.load.LoadOutcome;
import io.bascule.load.LoadRun;
import io.bascule.load.ResponseListener;
import io.bascule.load.TargetOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A profile under way, in a process that does nothing else: every target on the same schedule, from the first request to the
 * last answer.
 */
public final class Running implements AutoCloseable {
    private final Profile profile;
    private final List<LoadRun> runs;
    private final LoadOutcome.Model model;

    private Running(Profile profile, List<LoadGenerator.Member> members) {
        this.profile = profile;
        model = members.getFirst().profile().model();
        runs = LoadGenerator.startTogether(members);
        runs.getFirst().aloneInProcess();
    }

    /** @param seconds is told each complete second of each target, by the run's threads */
    public static Running begin(Profile profile, BiConsumer<String, IntervalSnapshot> seconds) {
        return new Running(
                profile,
                profile.targets().stream()
                        .map(target -> new LoadGenerator.Member(
                                profile.on(target),
                                profile.requests(),
                                ResponseListener.NONE,
                                second -> seconds.accept(target.name(), second)))
                        .toList());
    }

    /** Ends the load before its time, within about a second; the outcome says why. For any thread. */
    public void stop(String why) {
        runs.forEach(run -> run.abort(why));
    }

    /** Waits for the end. */
    public LoadOutcome await() throws InterruptedException {
        var outcomes = new ArrayList<TargetOutcome>();
        for (int i = 0; i < runs.size(); i++) {
            outcomes.add(runs.get(i).await(profile.targets().get(i).name()));
        }
        return new LoadOutcome(runs.getFirst().startedAt(), model, profile.words(), outcomes);
    }

    @Override
    public void close() {
        runs.forEach(LoadRun::close);
    }
}
