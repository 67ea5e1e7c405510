package io.bascule.app.meters;

import io.bascule.core.port.Meter;
import io.bascule.core.port.MeterReading;
import io.bascule.core.port.MeterReading.Failed;
import io.bascule.core.port.MeterReading.Told;
import io.bascule.load.Usage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** Gets what is wanted, over the time of a run that has ended. What is not told has its reason with it. */
public final class Asking {
    private final List<Wanted> wanted;
    private final InstantSource clock;

    public Asking(List<Wanted> wanted, InstantSource clock) {
        this.wanted = List.copyOf(wanted);
        this.clock = clock;
    }

    /**
     * What the files say, by target and measure.
     *
     * @param from empty, and {@code lasting}, where nobody knows when the run was
     * @throws IllegalArgumentException when one of them cannot be used; the message says why
     */
    public SortedMap<String, SortedMap<String, Usage>> files(Optional<Instant> from, Optional<Duration> lasting)
            throws IOException {
        return eachFile(file -> ResourceFile.read(file.path(), file.measure(), from, lasting));
    }

    /** The same for a run whose result must not be lost over a file: the trouble is with the measure, or with the file's name. */
    public SortedMap<String, SortedMap<String, Usage>> filesOrWhyNot(Instant from, Duration lasting) {
        return eachFile(file -> {
            try {
                return ResourceFile.read(file.path(), file.measure(), Optional.of(from), Optional.of(lasting));
            } catch (IOException | IllegalArgumentException e) {
                return new TreeMap<>(Map.of(
                        file.measure().orElse(file.path().getFileName() + ""),
                        Usage.untold(file.from(), "" + e.getMessage())));
            }
        });
    }

    /** What one file says, by measure. */
    private interface Reader<E extends Exception> {
        SortedMap<String, Usage> read(Wanted.OfFile file) throws E;
    }

    private <E extends Exception> SortedMap<String, SortedMap<String, Usage>> eachFile(Reader<E> reader) throws E {
        SortedMap<String, SortedMap<String, Usage>> told = new TreeMap<>();
        for (Wanted each : wanted) {
            if (each instanceof Wanted.OfFile file) {
                told.computeIfAbsent(file.target(), _ -> new TreeMap<>()).putAll(reader.read(file));
            }
        }
        return told;
    }

    /** What the meters tell. Blocks until it does not change any more. */
    public SortedMap<String, SortedMap<String, Usage>> meters(Instant from, Instant to, Gathering gathering)
            throws InterruptedException {
        SequencedMap<String, Open> open = new LinkedHashMap<>();
        try {
            for (Wanted each : wanted) {
                if (each instanceof Wanted.OfMeter meter) {
                    String name = meter.measure() + (meter.target().isEmpty() ? "" : " of " + meter.target());
                    open.put(name, new Open(meter, meter.provider().open(meter.address(), clock)));
                }
            }
            SequencedMap<String, Meter> meters = new LinkedHashMap<>();
            open.forEach((name, each) -> meters.put(name, each.meter()));
            Map<String, MeterReading> readings = gathering.gather(meters, from, to);
            SortedMap<String, SortedMap<String, Usage>> told = new TreeMap<>();
            open.forEach((name, each) -> {
                MeterReading reading = Optional.ofNullable(readings.get(name)).orElseThrow();
                told.computeIfAbsent(each.wanted().target(), _ -> new TreeMap<>())
                        .put(each.wanted().measure(), usage(each.wanted().from(), each.meter(), reading, from, to));
            });
            return told;
        } finally {
            open.values().forEach(each -> each.meter().close());
        }
    }

    private record Open(Wanted.OfMeter wanted, Meter meter) {}

    private static Usage usage(String from, Meter meter, MeterReading reading, Instant begun, Instant ended) {
        return switch (reading) {
            case Told told
            when told.samples().isEmpty() ->
                Usage.untold(from, meter.about() + ": no sample from " + begun + " to " + ended);
            case Told told ->
                new Usage(
                        from,
                        Usage.Scale.valueOf(meter.scale().name()),
                        told.samples().stream()
                                .map(each -> new Usage.Sample(each.at(), each.value()))
                                .toList(),
                        told.missing(),
                        null);
            case Failed failed -> Usage.untold(from, failed.why());
        };
    }
}
