package io.bascule.load.replay;

import io.bascule.load.Arrivals;
import io.bascule.load.LoadGenerator;
import io.bascule.load.LoadProfile;
import io.bascule.load.LoadRequest;
import io.bascule.load.LoadRun;
import io.bascule.load.RequestSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;

/**
 * Sends a recording to source and target at the moments of the recording, to the source twice, and compares. Answers are kept
 * in files; in memory are eight bytes for each request and side. What differs is asked again five times, so that a finding is
 * never chance.
 */
public final class Replay {

    private static final int ROUNDS = 5;
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Recording recording;
    private final LoadProfile source;
    private final LoadProfile target;
    private final Map<String, String> headers;

    /**
     * @param recording at least one request
     * @param source how to reach the source; its arrivals are not used
     * @param target how to reach the target; its arrivals are not used
     * @param headers of every request
     */
    public Replay(Recording recording, LoadProfile source, LoadProfile target, Map<String, String> headers) {
        if (recording.requests().isEmpty()) {
            throw new IllegalArgumentException("the recording has no safe request");
        }
        this.recording = recording;
        this.source = source;
        this.target = target;
        this.headers = Map.copyOf(headers);
    }

    /**
     * Runs it.
     *
     * @param speed how many times as fast as it was recorded, above 0
     */
    public ReplayOutcome run(double speed) throws InterruptedException, IOException {
        List<Recording.Entry> all = recording.requests();
        var comparison = new Comparison();
        long compared;
        try (var answers = ask(all, recording.schedule(speed))) {
            each(answers, all, (i, endpoint, one, again, other) -> comparison.learn(endpoint, one, again));
            each(answers, all, (i, endpoint, one, again, other) -> comparison.count(endpoint, one, again));
            compared =
                    each(answers, all, (i, endpoint, one, again, other) -> comparison.compare(i, endpoint, one, other));
        }
        SortedMap<Place, Comparison.Suspicion> suspicions = comparison.suspicions();
        SequencedSet<Place> confirmed = confirmed(comparison, suspicions);
        var findings = new ArrayList<Finding>();
        var unconfirmed = new ArrayList<Finding>();
        suspicions.forEach((place, suspicion) -> {
            boolean sure = confirmed.contains(place);
            (sure ? findings : unconfirmed).add(finding(comparison, place, suspicion, sure));
        });
        return new ReplayOutcome(all.size(), compared, findings, comparison.noise(), unconfirmed);
    }

    private Finding finding(Comparison comparison, Place place, Comparison.Suspicion suspicion, boolean sure) {
        String proof = sure ? "seen again " + ROUNDS + " times out of " + ROUNDS : "not seen again every time";
        Recording.Entry example = recording.requests().get(suspicion.examples().getFirst());
        return new Finding(
                place.endpoint(),
                place.where(),
                place.kind().name().toLowerCase(Locale.ROOT),
                suspicion.count(),
                comparison.compared(place.endpoint()),
                example.method() + " " + example.path(),
                suspicion.sides().getFirst(),
                suspicion.sides().getLast(),
                proof);
    }

    /** Those that show in every round of an example, while the source agrees with itself. */
    private SequencedSet<Place> confirmed(Comparison comparison, SortedMap<Place, Comparison.Suspicion> suspicions)
            throws InterruptedException, IOException {
        var confirmed = new LinkedHashSet<Place>();
        var places = new ArrayList<Place>();
        var entries = new ArrayList<Recording.Entry>();
        for (Map.Entry<Place, Comparison.Suspicion> each : suspicions.entrySet()) {
            for (int example : each.getValue().examples()) {
                for (int round = 0; round < ROUNDS; round++) {
                    places.add(each.getKey());
                    entries.add(recording.requests().get(example));
                }
            }
        }
        if (entries.isEmpty()) {
            return confirmed;
        }
        var due = new ArrayList<Long>();
        for (int i = 0; i < entries.size(); i++) {
            due.add(i * AGAIN_NANOS);
        }
        int[] shown = new int[entries.size() / ROUNDS];
        try (var answers = ask(entries, due)) {
            each(answers, entries, (i, endpoint, one, again, other) -> {
                if (comparison.shows(places.get(i), one, again, other)) {
                    shown[i / ROUNDS]++;
                }
            });
        }
        for (int i = 0; i < shown.length; i++) {
            if (shown[i] == ROUNDS) {
                confirmed.add(places.get(i * ROUNDS));
            }
        }
        return confirmed;
    }

    /** Asks source, source again and target, all at the same moments. */
    private Answers ask(List<Recording.Entry> entries, List<Long> due) throws InterruptedException, IOException {
        var answers = new Answers(entries.size());
        try {
            RequestSource requests = arrival -> request(entries.get((int) arrival));
            var arrivals = new Arrivals.Recorded(due);
            List<LoadGenerator.Member> members = List.of(
                    member(source, arrivals, requests, answers.one),
                    member(source, arrivals, requests, answers.again),
                    member(target, arrivals, requests, answers.other));
            List<LoadRun> runs = LoadGenerator.startTogether(members);
            try {
                for (LoadRun run : runs) {
                    var _ = run.await();
                }
            } finally {
                runs.forEach(LoadRun::close);
            }
            return answers;
        } catch (InterruptedException | RuntimeException e) {
            answers.close();
            throw e;
        }
    }

    private static LoadGenerator.Member member(
            LoadProfile side, Arrivals arrivals, RequestSource requests, AnswerStore into) {
        LoadProfile profile = LoadProfile.of(side.target(), arrivals)
                .withConnections(side.connections())
                .withTimeOuts(side.connectTimeOut(), side.timeOut())
                .over(side.wire());
        return new LoadGenerator.Member(
                profile, requests, response -> into.put(response.arrival(), Answer.of(response)), _ -> {});
    }

    private LoadRequest request(Recording.Entry entry) {
        return new LoadRequest(entry.method(), entry.path(), headers, ByteBuffer.allocate(0), null, null);
    }

    private interface Look {
        void at(int arrival, String endpoint, Answer source, Answer again, Answer target);
    }

    /** Looks at every request that all three answered; answers how many. */
    private static long each(Answers answers, List<Recording.Entry> entries, Look look) throws IOException {
        long compared = 0;
        try (var one = answers.one.reader();
                var again = answers.again.reader();
                var other = answers.other.reader()) {
            for (int i = 0; i < entries.size(); i++) {
                Optional<Answer> a = one.get(i);
                Optional<Answer> b = again.get(i);
                Optional<Answer> c = other.get(i);
                if (a.isPresent()
                        && b.isPresent()
                        && c.isPresent()
                        && a.get().status() != 0
                        && b.get().status() != 0) {
                    Recording.Entry entry = entries.get(i);
                    String endpoint = Place.endpoint(entry.method(), entry.path());
                    look.at(i, endpoint, a.get(), b.get(), c.get());
                    compared++;
                }
            }
        }
        return compared;
    }

    /** The answers of all three, in files of a folder that goes with them. */
    private static final class Answers implements AutoCloseable {
        private final Path folder;
        private final AnswerStore one;
        private final AnswerStore again;
        private final AnswerStore other;

        Answers(int requests) throws IOException {
            folder = Files.createTempDirectory("bascule-replay");
            one = new AnswerStore(folder.resolve("source"), requests);
            again = new AnswerStore(folder.resolve("source-again"), requests);
            other = new AnswerStore(folder.resolve("target"), requests);
        }

        @Override
        public void close() throws IOException {
            one.close();
            again.close();
            other.close();
            Files.deleteIfExists(folder);
        }
    }
}
