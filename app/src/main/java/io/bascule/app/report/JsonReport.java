package io.bascule.app.report;

import io.bascule.core.json.Json;
import io.bascule.core.json.RecordJson;
import io.bascule.core.report.CutoverReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The report as JSON: every field of the data, and what the users saw. */
public final class JsonReport {
    private JsonReport() {}

    public static String text(CutoverReport report, Optional<UserFigures> users) {
        SequencedMap<String, @Nullable Object> json = RecordJson.toMap(report);
        json.put("figures", figures(report, users));
        json.put("latencies", latencies(report, users));
        return Json.write(json) + "\n";
    }

    private static Object figures(CutoverReport report, Optional<UserFigures> users) {
        List<Object> list = new ArrayList<>();
        KeyFigures.of(report, users)
                .figures()
                .forEach(f -> list.add(Json.object("name", f.name(), "value", f.value(), "measured", f.from())));
        return list;
    }

    private static Object latencies(CutoverReport report, Optional<UserFigures> users) {
        List<Object> list = new ArrayList<>();
        users.ifPresent(seen -> report.stretches()
                .forEach(stretch -> seen.between(stretch.from(), stretch.to())
                        .forEach((side, l) -> list.add(Json.object(
                                "act", stretch.act(),
                                "side", side,
                                "requests", l.requests(),
                                "failed", l.failed(),
                                "p50Millis", l.p50(),
                                "p95Millis", l.p95(),
                                "p99Millis", l.p99())))));
        return list;
    }
}
