package io.bascule.load.file;

import io.bascule.core.json.Json;
import io.bascule.core.json.JsonException;
import io.bascule.load.ErrorKind;
import io.bascule.load.IntervalSnapshot;
import io.bascule.load.LoadOutcome;
import io.bascule.load.LoadResult;
import io.bascule.load.RequestOutcome;
import io.bascule.load.TargetOutcome;
import io.bascule.load.Usage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A finished load as one JSON document, with the complete histograms, so that what is read equals what was written:
 *
 * <pre>{@code
 * {"type":"load.outcome","schema":1,"startedAt":"…","model":"open|closed","profile":"…","targets":[
 *   {"name":"…", (the fields of a load.result line), "elapsedMillis":…,"abandoned":…,"warmUp":…,"aborted":null|"…",
 *    "histograms":{"response":H,"success":H,"service":H,"lateness":H,"parked":H},
 *    "byRequest":{NAME:{"requests":…,"failed":…,"errors":{…},"responseMillis":{…},"response":H}},
 *    "intervals":[{"from":"…","millis":…,"arrivals":…,"requests":…,"failed":…,"response":H,"success":H}],
 *    "resources":{NAME:{"from":"…","scale":"percent|fraction|unsaid","samples":[{"at":"…","value":…}],"missing":…,"untold":null|"…"}}}]}
 * }</pre>
 *
 * H is a histogram in microseconds, HdrHistogram's compressed V2 form in Base64. {@code resources} is left out where nobody
 * was asked for any; results from before there were any are read.
 */
public final class ResultFile {

    /** Files larger than this are not read. */
    public static final long BYTES_MAX = 256L << 20;

    private static final long SCHEMA = 1;
    private static final double NANOS_PER_MILLI = 1_000_000;

    private ResultFile() {}

    /**
     * Writes a load to a file. One that is there is replaced as a whole: whoever reads it, or a crash, finds the one or the
     * other.
     */
    public static void write(Path file, LoadOutcome outcome) throws IOException {
        String text = Json.write(toJson(outcome)) + "\n";
        if (!Files.exists(file)) {
            Files.writeString(file, text);
        } else if (Files.isRegularFile(file)) {
            Path whole = file.toRealPath();
            Path beside = whole.resolveSibling(whole.getFileName() + ".new");
            Files.writeString(beside, text);
            Files.move(beside, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } else {
            Files.writeString(file, text); // a pipe, a terminal
        }
    }

    /**
     * Reads a load from a file.
     *
     * @throws IllegalArgumentException when the file is something else; the message says what, and names the file
     */
    public static LoadOutcome read(Path file) throws IOException {
        if (Files.size(file) > BYTES_MAX) {
            throw new IllegalArgumentException(file + ": larger than " + BYTES_MAX + " bytes");
        }
        try {
            return fromJson(Json.parse(Files.readString(file)));
        } catch (JsonException | IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": not a result of 'bascule load --out': " + e.getMessage(), e);
        }
    }

    /** The document. */
    public static Map<String, @Nullable Object> toJson(LoadOutcome outcome) {
        return Json.object(
                "type",
                "load.outcome",
                "schema",
                SCHEMA,
                "startedAt",
                outcome.startedAt(),
                "model",
                outcome.model().name().toLowerCase(Locale.ROOT),
                "profile",
                outcome.profile(),
                "targets",
                outcome.targets().stream().map(ResultFile::json).toList());
    }

    /**
     * The load that a document describes.
     *
     * @throws IllegalArgumentException when it is something else, saying what
     */
    public static LoadOutcome fromJson(@Nullable Object document) {
        Fields root = Fields.of(document, "document");
        if (!root.text("type").equals("load.outcome")) {
            throw new IllegalArgumentException("its type is '" + root.text("type") + "', not 'load.outcome'");
        }
        if (root.whole("schema") != SCHEMA) {
            throw new IllegalArgumentException("its schema is " + root.whole("schema") + ", this reads " + SCHEMA);
        }
        List<TargetOutcome> targets =
                root.list("targets").stream().map(ResultFile::target).toList();
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("it has no targets");
        }
        return new LoadOutcome(
                root.instant("startedAt"),
                LoadOutcome.Model.valueOf(root.text("model").toUpperCase(Locale.ROOT)),
                root.text("profile"),
                targets);
    }

    private static Object json(TargetOutcome target) {
        LoadResult total = target.total();
        SequencedMap<String, @Nullable Object> json = Json.object("name", target.name());
        json.putAll(total.toJson());
        json.put("offeredPerSecond", total.offeredPerSecond());
        json.put("achievedPerSecond", total.achievedPerSecond());
        json.put("elapsedMillis", total.elapsed().toNanos() / NANOS_PER_MILLI);
        json.put("abandoned", total.abandoned());
        json.put("warmUp", target.warmUp());
        json.put("aborted", target.aborted());
        json.put(
                "histograms",
                Json.object(
                        "response", total.response().toText(),
                        "success", total.success().toText(),
                        "service", total.service().toText(),
                        "lateness", total.lateness().toText(),
                        "parked", total.parked().toText()));
        var names = new LinkedHashMap<String, Object>();
        target.byRequest().forEach((name, each) -> names.put(name, json(each)));
        json.put("byRequest", names);
        json.put("intervals", target.intervals().stream().map(ResultFile::json).toList());
        if (!target.resources().isEmpty()) {
            var resources = new LinkedHashMap<String, Object>();
            target.resources().forEach((measure, usage) -> resources.put(measure, json(usage)));
            json.put("resources", resources);
        }
        return json;
    }

    private static Object json(Usage usage) {
        return Json.object(
                "from", usage.from(),
                "scale", usage.scale().name().toLowerCase(Locale.ROOT),
                "samples",
                        usage.samples().stream()
                                .map(each -> Json.object("at", each.at(), "value", each.value()))
                                .toList(),
                "missing", usage.missing(),
                "untold", usage.untold());
    }

    private static Object json(RequestOutcome each) {
        return Json.object(
                "requests", each.requests(),
                "failed", each.failed(),
                "errors", errors(each.errors()),
                "responseMillis", LoadResult.percentilesJson(each.response()),
                "response", each.response().toText());
    }

    private static Object json(IntervalSnapshot interval) {
        return Json.object(
                "from", interval.from(),
                "millis", interval.length().toNanos() / NANOS_PER_MILLI,
                "arrivals", interval.arrivals(),
                "requests", interval.requests(),
                "failed", interval.failed(),
                "response", interval.response().toText(),
                "success", interval.success().toText());
    }

    private static Map<String, Long> errors(Map<ErrorKind, Long> errors) {
        var json = new LinkedHashMap<String, Long>();
        errors.forEach((kind, count) -> json.put(kind.label(), count));
        return json;
    }

    private static TargetOutcome target(@Nullable Object json) {
        Fields target = Fields.of(json, "target");
        Fields times = target.inner("histograms");
        var total = new LoadResult(
                URI.create(target.text("target")),
                target.number("offeredPerSecond"),
                target.number("achievedPerSecond"),
                target.millis("elapsedMillis"),
                target.whole("requests"),
                target.whole("failed"),
                target.errors("errors"),
                target.whole("abandoned"),
                times.histogram("response"),
                times.histogram("success"),
                times.histogram("service"),
                times.histogram("lateness"),
                times.histogram("parked"));
        var names = new TreeMap<String, RequestOutcome>();
        Fields byRequest = target.inner("byRequest");
        byRequest.names().forEach(name -> names.put(name, request(byRequest.inner(name))));
        return new TargetOutcome(
                target.text("name"),
                total,
                target.list("intervals").stream().map(ResultFile::interval).toList(),
                names,
                target.whole("warmUp"),
                target.textOrNull("aborted"),
                resources(target));
    }

    private static SortedMap<String, Usage> resources(Fields target) {
        var resources = new TreeMap<String, Usage>();
        if (target.names().contains("resources")) {
            Fields all = target.inner("resources");
            all.names().forEach(measure -> resources.put(measure, usage(all.inner(measure))));
        }
        return resources;
    }

    private static Usage usage(Fields json) {
        return new Usage(
                json.text("from"),
                json.oneOf("scale", Usage.Scale.class),
                json.list("samples").stream().map(ResultFile::sample).toList(),
                Math.toIntExact(Math.min(json.whole("missing"), Integer.MAX_VALUE)),
                json.textOrNull("untold"));
    }

    private static Usage.Sample sample(@Nullable Object json) {
        Fields sample = Fields.of(json, "sample");
        return new Usage.Sample(sample.instantOrNull("at"), sample.finite("value"));
    }

    private static RequestOutcome request(Fields json) {
        return new RequestOutcome(
                json.whole("requests"), json.whole("failed"), json.errors("errors"), json.histogram("response"));
    }

    private static IntervalSnapshot interval(@Nullable Object json) {
        Fields interval = Fields.of(json, "interval");
        return new IntervalSnapshot(
                interval.instant("from"),
                interval.millis("millis"),
                interval.whole("arrivals"),
                interval.whole("requests"),
                interval.whole("failed"),
                interval.histogram("response"),
                interval.histogram("success"));
    }
}
