package io.bascule.app.meters;

import io.bascule.core.json.Json;
import io.bascule.core.json.JsonException;
import io.bascule.core.performance.Measure;
import io.bascule.load.Usage;
import io.bascule.load.Usage.Scale;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Samples of a resource from a file: the answer of a Prometheus query ({@code /api/v1/query} or {@code query_range}), of
 * CloudWatch ({@code get-metric-data} or {@code get-metric-statistics}), or CSV with a header, whose column {@code time}
 * (ISO-8601 or seconds since 1970) is optional and whose other columns are measures. Of a share, CloudWatch's and CSV's
 * values are percentages; Prometheus' answer does not say.
 */
public final class ResourceFile {
    private static final long LARGEST = 64L << 20;
    private final String name;
    private final Optional<String> measure;
    private final List<Sample> samples = new ArrayList<>();
    private Scale scale = Scale.PERCENT;

    private ResourceFile(String name, Optional<String> measure) {
        this.name = name;
        this.measure = measure;
    }

    private record Sample(String measure, @Nullable Instant at, double value) {}

    /**
     * Reads samples, those within the stretch of time where they say when they were taken.
     *
     * @param measure whose samples they are; a CSV file names its own
     * @throws IllegalArgumentException when the file is none of these; the message names the file and what was expected
     */
    public static SortedMap<String, Usage> read(
            Path path, Optional<String> measure, Optional<Instant> from, Optional<Duration> lasting)
            throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new IllegalArgumentException(path + ": there is no such file");
        }
        if (Files.size(path) > LARGEST) {
            throw new IllegalArgumentException(path + ": larger than " + LARGEST + " bytes");
        }
        ResourceFile file = new ResourceFile(path.toString(), measure.map(Measure::nameOf));
        String text = text(path);
        if (text.stripLeading().startsWith("{")) {
            file.json(text);
        } else {
            file.csv(text);
        }
        return file.within(from, lasting);
    }

    private static String text(Path path) throws IOException {
        try {
            return Files.readString(path);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(path + ": the file is not UTF-8 text", e);
        }
    }

    private SortedMap<String, Usage> within(Optional<Instant> from, Optional<Duration> lasting) {
        SortedMap<String, List<Usage.Sample>> kept = new TreeMap<>();
        for (Sample sample : samples) {
            Instant at = sample.at();
            boolean early = at != null && from.isPresent() && at.isBefore(from.get());
            boolean late = at != null
                    && from.isPresent()
                    && lasting.isPresent()
                    && at.isAfter(from.get().plus(lasting.get()));
            if (!early && !late) {
                kept.computeIfAbsent(sample.measure(), _ -> new ArrayList<>())
                        .add(new Usage.Sample(at, sample.value()));
            }
        }
        if (kept.isEmpty()) {
            throw new IllegalArgumentException(name + ": "
                    + (samples.isEmpty() ? "it has no samples" : "none of its samples lies within the run"));
        }
        SortedMap<String, Usage> usages = new TreeMap<>();
        kept.forEach((each, values) -> usages.put(each, new Usage(name, scale, values, 0, null)));
        return usages;
    }

    private void json(String text) {
        try {
            Object root = Json.parse(text);
            if (root instanceof Map<?, ?> map && map.get("data") instanceof Map<?, ?> data) {
                prometheus(data);
            } else if (root instanceof Map<?, ?> map && map.get("MetricDataResults") instanceof List<?> results) {
                results.forEach(this::metricData);
            } else if (root instanceof Map<?, ?> map && map.get("Datapoints") instanceof List<?> points) {
                points.forEach(this::dataPoint);
            } else {
                throw wrong("a Prometheus answer with 'data', or CloudWatch's 'MetricDataResults' or 'Datapoints'");
            }
        } catch (JsonException e) {
            throw new IllegalArgumentException(name + ": not JSON: " + e.getMessage(), e);
        }
    }

    private void prometheus(Map<?, ?> data) {
        try {
            scale = Scale.UNSAID;
            PrometheusAnswer.samples(data).forEach(each -> samples.add(new Sample(named(), each.at(), each.value())));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    private void metricData(@Nullable Object result) {
        if (!(result instanceof Map<?, ?> map
                && map.get("Values") instanceof List<?> values
                && map.get("Timestamps") instanceof List<?> times
                && values.size() == times.size())) {
            throw wrong("'Timestamps' and 'Values' of one length");
        }
        for (int i = 0; i < values.size(); i++) {
            samples.add(new Sample(named(), instant(times.get(i)), number(values.get(i))));
        }
    }

    private void dataPoint(@Nullable Object point) {
        if (!(point instanceof Map<?, ?> map) || map.get("Average") == null || map.get("Timestamp") == null) {
            throw wrong("data points with 'Timestamp' and 'Average'");
        }
        samples.add(new Sample(named(), instant(map.get("Timestamp")), number(map.get("Average"))));
    }

    private void csv(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        boolean oneColumn = !lines.isEmpty() && lines.getFirst().matches("[\\w-]+");
        if (lines.size() < 2 || !(oneColumn || lines.getFirst().contains(","))) {
            throw wrong("CSV with a header such as 'time,cpu,memory', or a JSON answer");
        }
        String[] header = lines.getFirst().split(",", -1);
        for (int line = 1; line < lines.size(); line++) {
            String[] cells = lines.get(line).split(",", -1);
            if (cells.length != header.length) {
                throw new IllegalArgumentException(
                        name + ":" + (line + 1) + ": " + cells.length + " values, the header has " + header.length);
            }
            row(header, cells, line + 1);
        }
    }

    private void row(String[] header, String[] cells, int line) {
        Instant at = null;
        for (int i = 0; i < header.length; i++) {
            if (header[i].strip().equals("time")) {
                at = instant(cells[i].strip());
            }
        }
        for (int i = 0; i < header.length; i++) {
            String column = header[i].strip();
            if (!column.equals("time") && !cells[i].isBlank()) {
                double value = cell(cells[i].strip(), column, line);
                samples.add(new Sample(Measure.nameOf(column), at, value));
            }
        }
    }

    private double cell(String written, String column, int line) {
        return Written.number(written)
                .orElseThrow(() -> new IllegalArgumentException(
                        name + ":" + line + ": '" + written + "' in column '" + column + "' is no number"));
    }

    private String named() {
        return measure.orElseThrow(() -> wrong("to be told whose samples these are: cpu=" + name));
    }

    private Instant instant(@Nullable Object written) {
        String text = String.valueOf(written);
        try {
            if (text.matches("\\d{1,12}(\\.\\d+)?")) {
                return Instant.ofEpochMilli(Math.round(Double.parseDouble(text) * 1000));
            }
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(name + ": '" + text + "' is no time", e);
        }
    }

    private double number(@Nullable Object written) {
        return Written.number(written)
                .orElseThrow(() -> new IllegalArgumentException(name + ": '" + written + "' is no number"));
    }

    private IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException(name + ": expected " + expected);
    }
}
