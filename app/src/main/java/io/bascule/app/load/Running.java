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

/** Runs a profile: every target on the same schedule, from the first request to the last answer. */
public final class Running {

    private Running() {}

    /** @param seconds is told each complete second of each target, by the run's threads */
    public static LoadOutcome run(Profile profile, BiConsumer<String, IntervalSnapshot> seconds)
            throws InterruptedException {
        List<LoadGenerator.Member> members = profile.targets().stream()
                .map(target -> new LoadGenerator.Member(
                        profile.on(target),
                        profile.requests(),
                        ResponseListener.NONE,
                        second -> seconds.accept(target.name(), second)))
                .toList();
        List<LoadRun> runs = LoadGenerator.startTogether(members);
        try {
            var outcomes = new ArrayList<TargetOutcome>();
            for (int i = 0; i < runs.size(); i++) {
                outcomes.add(runs.get(i).await(profile.targets().get(i).name()));
            }
            return new LoadOutcome(
                    runs.getFirst().startedAt(), members.getFirst().profile().model(), profile.words(), outcomes);
        } finally {
            runs.forEach(LoadRun::close);
        }
    }
}
