package io.bascule.aws.data;

import io.bascule.aws.data.Replication.Point;
import io.bascule.aws.data.Replication.Table;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Whether a replication has caught up. Every condition must hold: one that does not is a FAIL, and one that cannot be
 * told, where none fails, is NO_DATA. A latency of 0 proves nothing by itself: DMS also says 0 when it captures nothing.
 *
 * @param maxLag the highest latency, of source and target
 * @param drained whether also nothing may wait to be applied any more
 * @param validated whether DMS itself must have compared every table
 */
record ReplicationRule(Duration maxLag, boolean drained, boolean validated) {
    private static final int POINTS_LEAST = 3;
    /** A minute is told one or two minutes after it has passed. */
    private static final Duration STALE = Duration.ofMinutes(3);

    private static final int NAMES_MOST = 5;

    /** @param since waiting changes are counted only in minutes that began no earlier */
    Finding ofRunning(Replication read, Instant since) {
        Judgement judgement = new Judgement(read, since);
        judgement.word("status", read.state().status(), "running");
        if (!read.state().stopReason().isEmpty()) {
            judgement.against("it tells a reason to stop: " + read.state().stopReason());
        }
        return judgement.finding();
    }

    /** Whether a task that is stopped had caught up when it stopped, and was stopped by a request. */
    Finding ofStopped(Replication read) {
        Judgement judgement = new Judgement(read, Instant.MIN);
        judgement.word("status", read.state().status(), "stopped");
        String reason = read.state().stopReason();
        if (!reason.isEmpty() && !reason.equalsIgnoreCase("Stop Reason NORMAL")) {
            judgement.against("it stopped by itself: " + reason);
        }
        return judgement.finding();
    }

    /** Collects what stands against it and what is not told. */
    private final class Judgement {
        private final Replication read;
        private final Instant since;
        private final List<String> against = new ArrayList<>();
        private final List<String> untold = new ArrayList<>();
        private final SortedMap<String, String> facts = new TreeMap<>();

        Judgement(Replication read, Instant since) {
            this.read = read;
            this.since = since;
        }

        Finding finding() {
            fact("stopReason", read.state().stopReason());
            fact("failure", read.state().failure());
            fact("checkpoint", read.state().checkpoint());
            load();
            for (Figure figure : Figure.values()) {
                if (figure.isLatency()) {
                    latency(figure);
                } else if (drained) {
                    waiting(figure);
                }
            }
            tables();
            return new Finding(verdict(), facts);
        }

        private Verdict verdict() {
            if (!against.isEmpty()) {
                return new Verdict.Fail(String.join("; ", against));
            }
            return untold.isEmpty()
                    ? new Verdict.Pass(drained ? "everything has arrived" : "it keeps up")
                    : new Verdict.NoData(String.join("; ", untold));
        }

        void against(String what) {
            against.add(what);
        }

        private void fact(String name, String value) {
            if (!value.isEmpty()) {
                facts.put(name, value);
            }
        }

        void word(String name, String found, String wanted) {
            fact(name, found);
            if (!found.equals(wanted)) {
                against.add(name + " is " + found
                        + (read.state().failure().isEmpty()
                                ? ""
                                : ": " + read.state().failure()));
            }
        }

        private void load() {
            String kind = read.state().kind();
            fact("kind", kind);
            if (kind.equals("full-load")) {
                against.add("it copies once and carries no changes");
            }
            if (!kind.equals("cdc")) {
                read.load().percent().ifPresent(percent -> {
                    facts.put("fullLoadPercent", "" + percent);
                    if (percent != 100) {
                        against.add("full load is at " + percent + " %");
                    }
                });
                if (read.load().percent().isEmpty()) {
                    untold.add("how far the full load is");
                }
            }
            read.load().loaded().ifPresent(loaded -> facts.put("tablesLoaded", "" + loaded));
            none("tablesErrored", read.load().errored());
            none("tablesLoading", read.load().loading());
            none("tablesQueued", read.load().queued());
        }

        private void none(String name, OptionalLong found) {
            if (found.isEmpty()) {
                untold.add(name);
                return;
            }
            facts.put(name, "" + found.getAsLong());
            if (found.getAsLong() != 0) {
                against.add(name + " is " + found.getAsLong());
            }
        }

        private boolean isFresh(Figure figure, List<Point> points) {
            Duration age = Duration.between(points.getFirst().minute(), read.at());
            facts.put(figure.fact() + "Age", age.toSeconds() + " s");
            if (age.compareTo(STALE) >= 0) {
                untold.add(figure.metric() + " was last told " + age.toSeconds() + " s ago");
                return false;
            }
            return true;
        }

        private void latency(Figure figure) {
            List<Point> points =
                    read.points(figure).stream().limit(POINTS_LEAST).toList();
            facts.put(figure.fact() + "Points", "" + points.size());
            if (points.size() < POINTS_LEAST) {
                untold.add(figure.metric() + " has " + points.size() + " of " + POINTS_LEAST + " datapoints");
                return;
            }
            double highest = points.stream().mapToDouble(Point::value).max().orElseThrow();
            facts.put(figure.fact(), plain(highest));
            if (highest * 1000 > maxLag.toMillis()) {
                against.add(figure.metric() + " is " + plain(highest) + " s, more than "
                        + plain(maxLag.toMillis() / 1e3) + " s");
            }
            isFresh(figure, points);
        }

        private void waiting(Figure figure) {
            List<Point> points = read.points(figure).stream()
                    .filter(point -> !point.minute().isBefore(since))
                    .toList();
            if (points.isEmpty()) {
                untold.add(
                        figure.metric() + " has no datapoint" + (since.equals(Instant.MIN) ? "" : " since " + since));
                return;
            }
            double newest = points.getFirst().value();
            facts.put(figure.fact(), plain(newest));
            if (newest != 0) {
                against.add(figure.metric() + " is " + plain(newest));
            }
            isFresh(figure, points);
        }

        private void tables() {
            facts.put("tables", "" + read.tables().size());
            if (read.tables().isEmpty()) {
                untold.add("any table's state");
            }
            unless("Table completed", "its state", Table::state);
            long compared = read.tables().stream()
                    .filter(table -> table.validation().equals("Validated"))
                    .count();
            facts.put("tablesValidated", "" + compared);
            if (validated) {
                unless("Validated", "its validation", Table::validation);
                rows("pending", Table::pending);
                rows("failed", Table::failed);
                rows("suspended", Table::suspended);
            }
        }

        private void unless(String wanted, String what, Function<Table, String> word) {
            List<String> others = new ArrayList<>();
            for (Table table : read.tables()) {
                String found = word.apply(table);
                if (found.isEmpty()) {
                    untold.add(table.name() + ": " + what);
                } else if (!found.equals(wanted)) {
                    others.add(table.name() + ": " + found);
                }
            }
            if (!others.isEmpty()) {
                int more = others.size() - NAMES_MOST;
                against.add(String.join(", ", others.subList(0, Math.min(NAMES_MOST, others.size())))
                        + (more > 0 ? " and " + more + " more" : ""));
            }
        }

        private void rows(String what, Function<Table, OptionalLong> rows) {
            long sum = 0;
            for (Table table : read.tables()) {
                OptionalLong found = rows.apply(table);
                if (found.isEmpty()) {
                    untold.add(table.name() + ": rows whose validation is " + what);
                    return;
                }
                sum += found.getAsLong();
            }
            facts.put(what + "Rows", "" + sum);
            if (sum != 0) {
                against.add("validation of " + sum + " rows is " + what);
            }
        }

        private static String plain(double value) {
            return value == Math.rint(value) ? "" + (long) value : "" + value;
        }
    }
}
