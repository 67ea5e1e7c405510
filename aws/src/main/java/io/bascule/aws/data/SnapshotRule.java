package io.bascule.aws.data;

import io.bascule.core.port.Finding;
import io.bascule.core.port.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whether there is a snapshot to go back to, young enough, and whether one such was restored.
 *
 * @param of the database or cluster
 * @param oldest how old it may be
 */
record SnapshotRule(String of, Duration oldest) {

    /**
     * What was restored.
     *
     * @param status RDS's word; empty where there is no such database
     * @param from the snapshot that CloudTrail says it was made of; empty where it has no such entry
     */
    record Restored(String id, String status, Optional<String> from) {}

    /** The newest whole snapshot. */
    static Optional<Snapshot> newest(List<Snapshot> snapshots) {
        return snapshots.stream().filter(Snapshot::isWhole).max(Comparator.comparing(Snapshot::taken));
    }

    Finding judge(List<Snapshot> snapshots, Instant now) {
        Optional<Snapshot> newest = newest(snapshots);
        if (newest.isEmpty()) {
            return Finding.of(
                    new Verdict.Fail("there is no available snapshot of " + of + ", of " + snapshots.size()),
                    "snapshots",
                    snapshots.size());
        }
        Duration age = age(newest.get(), now);
        SortedMap<String, String> facts = new TreeMap<>();
        facts.put("snapshots", "" + snapshots.size());
        facts.put("snapshot", newest.get().id());
        facts.put("taken", newest.get().taken().toString());
        facts.put("ageSeconds", "" + age.toSeconds());
        facts.put("encrypted", newest.get().encrypted() ? "yes" : "no");
        return new Finding(
                isYoung(newest.get(), now)
                        ? new Verdict.Pass(newest.get().id() + " is available and " + words(age) + " old")
                        : new Verdict.Fail("the newest snapshot of " + of + ", "
                                + newest.get().id() + ", is " + words(age) + " old, more than " + words(oldest)),
                facts);
    }

    /** The same with what is known of a restored copy; asked only where the snapshot itself passes. */
    Finding judge(List<Snapshot> snapshots, Restored restored, Instant now) {
        Finding found = judge(snapshots, now);
        SortedMap<String, String> facts = new TreeMap<>(found.facts());
        facts.put("restoredAs", restored.id());
        facts.put("restoredStatus", restored.status().isEmpty() ? "absent" : restored.status());
        restored.from().ifPresent(from -> facts.put("restoredFrom", from));
        return new Finding(found.verdict().passed() ? verdict(snapshots, restored, now) : found.verdict(), facts);
    }

    private Verdict verdict(List<Snapshot> snapshots, Restored restored, Instant now) {
        if (restored.status().isEmpty()) {
            return new Verdict.Fail("there is no " + restored.id() + ": nothing was restored");
        }
        if (!restored.status().equals("available")) {
            return new Verdict.Fail(restored.id() + " is " + restored.status());
        }
        if (restored.from().isEmpty()) {
            return new Verdict.NoData("RDS does not tell what " + restored.id()
                    + " was made of, and CloudTrail has no entry of its restoring");
        }
        String from = restored.from().get();
        boolean counts = snapshots.stream()
                .filter(Snapshot::isWhole)
                .filter(each -> isYoung(each, now))
                .anyMatch(each -> each.id().equals(from));
        return counts
                ? new Verdict.Pass(restored.id() + " is available and was restored from " + from)
                : new Verdict.Fail(restored.id() + " was restored from " + from + ", which is no snapshot of " + of
                        + " of the last " + words(oldest));
    }

    private boolean isYoung(Snapshot snapshot, Instant now) {
        return age(snapshot, now).compareTo(oldest) <= 0;
    }

    private static Duration age(Snapshot snapshot, Instant now) {
        Duration age = Duration.between(snapshot.taken(), now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** To the minute. */
    private static String words(Duration time) {
        long minutes = time.toMinutes();
        return minutes < 120
                ? minutes + " min"
                : minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
    }
}
