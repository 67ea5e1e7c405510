package io.bascule.data.sqlite;

import io.bascule.core.plan.Side;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Verdict;
import java.sql.SQLException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Measures and walks the way back for data. */
final class WayHome {
    private final Stores stores;

    WayHome(Stores stores) {
        this.stores = stores;
    }

    Finding lag(Deadline deadline) throws SQLException {
        Optional<ReverseActuator.Armed> record = ReverseActuator.record(stores, deadline);
        if (record.isEmpty()) {
            return Finding.of(new Verdict.Fail("reverse capture is off"), "capture", "off");
        }
        Optional<String> lost = ReverseActuator.lost(stores, record.get(), deadline);
        if (lost.isPresent()) {
            return lost(lost.get());
        }
        try (Db db = stores.open(Side.TARGET, deadline)) {
            return db.snapshot(() -> lag(db, record.get()));
        }
    }

    private static Finding lost(String why) {
        return Finding.of(new Verdict.Fail("reverse capture is lost: " + why), "capture", "lost", "why", why);
    }

    private static Finding lag(Db db, ReverseActuator.Armed record) throws SQLException {
        long lag = Capture.lag(db, "main", record.carried());
        double used = Ids.used(db);
        Verdict verdict = new Verdict.Pass(lag + " rows are not home yet, capture is whole");
        if (Capture.wasTouched(db)) {
            verdict = new Verdict.Inconclusive("somebody touched the target's schema; only parity tells");
        }
        if (used > 1 - Ids.HEADROOM_LEAST) {
            verdict = new Verdict.Inconclusive("a table has used more than 80 % of its ids");
        }
        return Finding.of(verdict, "capture", "on", "lagRows", lag, "usedIdsPercent", Math.round(used * 100));
    }

    /** Writes a marker into the log, and counts what is before it and not home. */
    Finding drained(Deadline deadline) throws SQLException {
        Optional<ReverseActuator.Armed> record = ReverseActuator.record(stores, deadline);
        if (record.isEmpty()) {
            return Finding.of(new Verdict.Fail("reverse capture is off"), "capture", "off");
        }
        Optional<String> lost = ReverseActuator.lost(stores, record.get(), deadline);
        if (lost.isPresent()) {
            return lost(lost.get());
        }
        try (Db db = stores.open(Side.TARGET, deadline)) {
            Mark mark = mark(db);
            long lag = db.number(
                    "SELECT count(*) FROM (SELECT DISTINCT tbl, k0, k1, k2, k3, k4, k5, k6, k7 FROM bascule_reverse"
                            + " WHERE tbl <> '' AND seq > ? AND seq < ?)",
                    record.get().carried(),
                    mark.position());
            Verdict verdict = lag == 0
                    ? new Verdict.Pass("nothing before the marker is missing on the source")
                    : new Verdict.Fail(lag + " rows before the marker are not on the source");
            return Finding.of(verdict, "lagRows", lag, "marker", mark.text());
        }
    }

    /** @param fenced whether the target was fenced in the very transaction that wrote the marker */
    private record Mark(String text, long position, boolean fenced) {}

    private static Mark mark(Db db) throws SQLException {
        String text = UUID.randomUUID().toString();
        return db.immediate(() -> {
            db.run("INSERT INTO main.bascule_reverse(tbl, k0) VALUES('', ?)", text);
            long position = db.number("SELECT max(seq) FROM main.bascule_reverse");
            return new Mark(text, position, !Fence.read(db, "main").isOpen());
        });
    }

    Finding carryHome(Deadline deadline) throws SQLException {
        Optional<ReverseActuator.Armed> record = ReverseActuator.record(stores, deadline);
        if (record.isEmpty()) {
            return Finding.of(new Verdict.Fail("reverse capture is off"), "capture", "off");
        }
        Optional<String> lost = ReverseActuator.lost(stores, record.get(), deadline);
        if (lost.isPresent()) {
            return lost(lost.get());
        }
        Mark mark;
        try (Db target = stores.open(Side.TARGET, deadline)) {
            mark = mark(target);
        }
        Optional<Carry.Carried> carried = carry(deadline);
        if (carried.isEmpty()) {
            return Finding.of(new Verdict.Fail("the source is not closed"), "carriedRows", 0);
        }
        long left = left(carried.get(), deadline);
        boolean arrived = carried.get().position() >= mark.position();
        if (!mark.fenced()) {
            return found(new Verdict.Inconclusive("the target still takes writes"), carried.get(), left);
        }
        if (!arrived || left > 0) {
            return found(new Verdict.Fail("the last marker was not read, or rows are left"), carried.get(), left);
        }
        return prove(carried.get(), mark, deadline);
    }

    private Optional<Carry.Carried> carry(Deadline deadline) throws SQLException {
        try (Db db = stores.openBoth(Side.SOURCE, deadline)) {
            return new Carry(db).run();
        }
    }

    private long left(Carry.Carried carried, Deadline deadline) throws SQLException {
        try (Db target = stores.open(Side.TARGET, deadline)) {
            Carry.trim(target, carried.position());
            return Capture.lag(target, "main", carried.position());
        }
    }

    private static Finding found(Verdict verdict, Carry.Carried carried, long left) {
        return Finding.of(verdict, "carriedRows", carried.rows(), "leftRows", left);
    }

    private Finding prove(Carry.Carried carried, Mark mark, Deadline deadline) throws SQLException {
        Finding parity;
        try (Db db = stores.openBoth(Side.SOURCE, deadline)) {
            parity = new Comparison(db, stores.clock(), deadline).run();
        }
        boolean still = !parity.verdict().passed() || settle(deadline);
        Verdict verdict = still ? parity.verdict() : new Verdict.Fail("the target's fence ended meanwhile");
        SortedMap<String, String> facts = new TreeMap<>(parity.facts());
        facts.put("carriedRows", String.valueOf(carried.rows()));
        facts.put("leftRows", "0");
        facts.put("marker", mark.text());
        return new Finding(verdict, facts);
    }

    /** Notes on the target that all it took is home; only while it is fenced. */
    private boolean settle(Deadline deadline) throws SQLException {
        try (Db target = stores.open(Side.TARGET, deadline)) {
            return target.within(
                    "BEGIN IMMEDIATE",
                    () -> {
                        Controls.put(target, Controls.HOME, "yes");
                        return !Fence.read(target, "main").isOpen();
                    },
                    fenced -> fenced);
        }
    }
}
