package io.bascule.app.meters;

import io.bascule.core.port.Deadline;
import io.bascule.core.port.Meter;
import io.bascule.core.port.MeterReading;
import io.bascule.core.port.MeterReading.Failed;
import io.bascule.core.port.MeterReading.Told;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;

/**
 * Asks meters for a stretch of time that is over, again and again until what they tell does not change any more: at the end of
 * each one's delay at the latest, or a little later where one could not be asked. Not safe for threads.
 */
public final class Gathering {
    /** How long a meter that cannot be asked just now is asked again, beyond its delay. */
    static final Duration GRACE = Duration.ofSeconds(20);

    /** How long one reading may take. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    static final Duration BETWEEN = Duration.ofSeconds(10);
    static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    /** Waits. */
    public interface Pause {
        /** For whom nobody can be told to stop. */
        Pause UNDISTURBED = atMost -> {
            Thread.sleep(atMost);
            return true;
        };

        /** @return false as soon as somebody has said that nothing more shall be waited for */
        boolean waits(Duration atMost) throws InterruptedException;
    }

    private final InstantSource clock;
    private final Pause pause;
    private final Consumer<String> progress;

    /** @param progress is told what is waited for, each time before it is */
    public Gathering(InstantSource clock, Pause pause, Consumer<String> progress) {
        this.clock = clock;
        this.pause = pause;
        this.progress = progress;
    }

    private static final class Open {
        private final Meter meter;
        private final Instant settled;
        private final Instant end;
        private Optional<MeterReading> before = Optional.empty();
        private MeterReading last = new Failed("it was not asked", true);
        private boolean over;

        Open(Meter meter, Instant settled, Instant end) {
            this.meter = meter;
            this.settled = settled;
            this.end = end;
        }
    }

    /** The last reading of each, in their order. */
    public SequencedMap<String, MeterReading> gather(Map<String, ? extends Meter> meters, Instant from, Instant to)
            throws InterruptedException {
        SequencedMap<String, Open> all = new LinkedHashMap<>();
        Instant begun = clock.instant();
        meters.forEach((name, meter) -> {
            Instant settled = to.plus(meter.delay());
            all.put(name, new Open(meter, settled, (settled.isAfter(begun) ? settled : begun).plus(GRACE)));
        });
        read(all, from, to);
        while (all.values().stream().anyMatch(each -> !each.over)) {
            SequencedMap<String, Open> open = new LinkedHashMap<>();
            all.forEach((name, each) -> {
                if (!each.over) {
                    open.put(name, each);
                }
            });
            progress.accept(waitingFor(open));
            if (!pause.waits(pause(open.values().stream().toList()))) {
                break;
            }
            read(open, from, to);
        }
        SequencedMap<String, MeterReading> readings = new LinkedHashMap<>();
        all.forEach((name, each) -> readings.put(name, each.last));
        return readings;
    }

    private void read(Map<String, Open> meters, Instant from, Instant to) {
        for (Open each : meters.values()) {
            Instant at = clock.instant();
            each.before = Optional.of(each.last);
            each.last = each.meter.read(from, to, Deadline.after(at, PATIENCE));
            each.over = isOver(each.last, each.before, at, each.settled, each.end);
        }
    }

    /** Whether a reading of that instant will do: whole and told twice alike, or as late as it can be. */
    static boolean isOver(
            MeterReading reading, Optional<MeterReading> before, Instant at, Instant settled, Instant end) {
        return switch (reading) {
            case Told told ->
                !at.isBefore(settled)
                        || (told.missing() == 0 && before.filter(told::equals).isPresent());
            case Failed failed -> !failed.again() || !at.isBefore(end);
        };
    }

    /** Never beyond the moment at which the next of them is settled. */
    private Duration pause(List<Open> open) {
        Instant now = clock.instant();
        Duration least = BETWEEN;
        for (Open each : open) {
            boolean failed = each.last instanceof Failed;
            Duration wanted = failed ? AFTER_FAILURE : BETWEEN;
            Duration left = Duration.between(now, failed ? each.end : each.settled);
            Duration wait = left.compareTo(wanted) < 0 ? left : wanted;
            least = wait.compareTo(least) < 0 ? wait : least;
        }
        return least.isPositive() ? least : Duration.ofMillis(1);
    }

    private String waitingFor(SequencedMap<String, Open> open) {
        StringBuilder text = new StringBuilder();
        Duration longest = Duration.ZERO;
        Instant now = clock.instant();
        for (Map.Entry<String, Open> each : open.entrySet()) {
            MeterReading last = each.getValue().last;
            Instant until = last instanceof Failed ? each.getValue().end : each.getValue().settled;
            Duration left = Duration.between(now, until);
            longest = left.compareTo(longest) > 0 ? left : longest;
            text.append(text.isEmpty() ? "" : ", ")
                    .append(each.getKey())
                    .append(
                            switch (last) {
                                case Told told ->
                                    " " + told.samples().size() + " of "
                                            + (told.samples().size() + told.missing()) + " samples";
                                case Failed failed -> " (" + failed.why() + ")";
                            });
        }
        return "waiting for figures, " + Math.max(1, longest.toSeconds()) + " s at most: " + text;
    }
}
