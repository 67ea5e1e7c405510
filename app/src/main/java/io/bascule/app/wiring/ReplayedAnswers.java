package io.bascule.app.wiring;

import io.bascule.core.port.Finding;
import io.bascule.core.port.Verdict;
import io.bascule.load.LoadProfile;
import io.bascule.load.replay.Recording;
import io.bascule.load.replay.Replay;
import io.bascule.load.replay.ReplayOutcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** A recording, sent to both sides within a time, as a finding of a run. */
final class ReplayedAnswers {
    private static final int TOLD = 3;
    private static final int CONNECTIONS = 200;

    private ReplayedAnswers() {}

    static Finding of(Path file, Duration lasts, URI source, URI target) throws InterruptedException {
        try {
            Recording recording = Recording.read(Files.readString(file));
            if (recording.requests().isEmpty()) {
                return Finding.of(
                        new Verdict.NoData("there is no read in " + file.getFileName() + " that could be sent"));
            }
            ReplayOutcome outcome =
                    new Replay(recording, side(source), side(target), Map.of()).run(speed(recording, lasts));
            return told(outcome);
        } catch (IOException e) {
            return Finding.of(new Verdict.Errored("the recording cannot be replayed: " + e.getMessage()));
        }
    }

    private static LoadProfile side(URI address) {
        return LoadProfile.of(address, 1).withConnections(CONNECTIONS);
    }

    /** So that the recording's last request is sent when the time is over. */
    private static double speed(Recording recording, Duration lasts) {
        long recorded = recording.schedule(1).getLast();
        return recorded == 0 ? 1 : (double) recorded / lasts.toNanos();
    }

    private static Finding told(ReplayOutcome outcome) {
        TreeMap<String, String> facts = new TreeMap<>(Map.of(
                "requests", "" + outcome.requests(),
                "compared", "" + outcome.compared(),
                "differences", "" + outcome.findings().size(),
                "unconfirmed", "" + outcome.unconfirmed().size(),
                "noise", "" + outcome.noise().size()));
        for (int i = 0; i < Math.min(TOLD, outcome.findings().size()); i++) {
            facts.put("difference." + (i + 1), outcome.findings().get(i).words());
        }
        return new Finding(verdict(outcome), facts);
    }

    private static Verdict verdict(ReplayOutcome outcome) {
        if (outcome.compared() == 0) {
            return new Verdict.NoData("no recorded request was answered by both sides");
        }
        if (outcome.identical()) {
            return new Verdict.Pass(
                    "the target answers " + outcome.compared() + " recorded requests as the source does");
        }
        return new Verdict.Fail("the target answers otherwise in "
                + outcome.findings().size() + " places, the first: "
                + outcome.findings().getFirst().place());
    }
}
