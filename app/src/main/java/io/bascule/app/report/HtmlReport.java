package io.bascule.app.report;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Side;
import io.bascule.core.report.CutoverReport;
import io.bascule.core.run.Entry;
import io.bascule.core.run.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The report as one self-contained page: figures, charts as inline SVG, and every table of the Markdown report. */
final class HtmlReport {
    private static final String STYLE = """
            body{font:14px/20px system-ui,sans-serif;color:#1B1D21;background:#F6F5F2;margin:0 auto;max-width:980px;padding:24px}
            h1{font-size:24px;line-height:30px}h2{font-size:15px;margin-top:32px}table{border-collapse:collapse;width:100%;background:#fff}
            td,th{border:1px solid #DEDBD4;padding:4px 8px;text-align:left;vertical-align:top}th{background:#EFEDE8;font-weight:600}
            td{overflow-wrap:anywhere}.f{display:grid;grid-template-columns:repeat(auto-fill,minmax(220px,1fr));gap:12px}
            .f div{background:#fff;border:1px solid #DEDBD4;border-radius:10px;padding:12px}.f b{display:block;font-size:24px;line-height:30px}
            .f small{color:#5E646D}.status{font-weight:650}.ok{color:#0A6E4F}.bad{color:#B3261E}figure{margin:16px 0;background:#fff;
            border:1px solid #DEDBD4;border-radius:10px;padding:12px}figcaption{font-weight:600}.u{color:#5E646D;font-weight:400}
            svg{width:100%;height:auto}svg text{font-size:11px;fill:#5E646D}polyline{fill:none;stroke-width:2}.g{stroke:#EFEDE8}
            .m{stroke:#88847B;stroke-dasharray:2 3}.target{stroke:#0B5CAD}.source{stroke:#4A4F57;stroke-dasharray:6 4}.plan{stroke:#E8A317}
            .none{stroke:#B3261E}.key{margin-left:12px;font-weight:400}.key.target{color:#0B5CAD}.key.source{color:#4A4F57}.key.none{color:#B3261E}
            @media(prefers-color-scheme:dark){body{color:#ECEEF0;background:#0F1215}table,.f div,figure{background:#171B20;border-color:#2D343D}
            td,th{border-color:#2D343D}th{background:#20262D}.g{stroke:#20262D}svg text,.f small,.u{fill:#9BA4AE;color:#9BA4AE}.target{stroke:#6CB2FF}
            .key.target{color:#6CB2FF}.source{stroke:#D5D8DC}.key.source{color:#D5D8DC}.ok{color:#4FD1A5}.bad{color:#FF8A80}}
            """;
    private final CutoverReport report;
    private final CutoverPlan plan;
    private final List<Entry> entries;
    private final Optional<UserFigures> users;

    HtmlReport(CutoverReport report, CutoverPlan plan, List<Entry> entries, Optional<UserFigures> users) {
        this.report = report;
        this.plan = plan;
        this.entries = entries;
        this.users = users;
    }

    String text() {
        StringBuilder out = new StringBuilder("<!doctype html><html lang=en><meta charset=utf-8>");
        out.append("<meta name=viewport content=\"width=device-width\"><title>").append(Texts.escaped(report.title()));
        out.append("</title><style>").append(STYLE).append("</style><body><h1>").append(Texts.escaped(report.title()));
        String status = report.status().map(Enum::name).orElse("not over");
        out.append("</h1><p><span class=\"status ")
                .append(status.startsWith("COMPLETED") ? "ok" : "bad")
                .append("\">");
        out.append(status)
                .append("</span>: ")
                .append(Texts.escaped(report.reason()))
                .append("</p><div class=f>");
        KeyFigures.of(report, users)
                .figures()
                .forEach(f -> out.append("<div><b>")
                        .append(Texts.escaped(f.value()))
                        .append("</b>")
                        .append(Texts.escaped(f.name()))
                        .append("<br><small>")
                        .append(Texts.escaped(f.from()))
                        .append("</small></div>"));
        out.append("</div>").append(charts());
        out.append(MarkdownTables.html(new MarkdownReport(report, users).text()));
        return out.append("</body></html>\n").toString();
    }

    private String charts() {
        double seconds = Duration.between(
                                report.begun(),
                                report.ended().orElse(entries.getLast().at()))
                        .toMillis()
                / 1000.0;
        Chart share = new Chart("Share of users on the target", "%", seconds);
        Chart latency = new Chart("Latency, 95th percentile, without time parked", "ms", seconds);
        Chart requests = new Chart("Requests by the side that answered", "per second", seconds);
        share.line("observed", "target", shares());
        users.ifPresent(seen -> {
            latency(seen).forEach((side, points) -> latency.line(side, side, points));
            rates(seen).forEach((side, points) -> requests.line(side, side, points));
        });
        StringBuilder out = new StringBuilder();
        for (Chart chart : List.of(share, latency, requests)) {
            marks(chart);
            out.append(chart.svg());
        }
        return out.toString();
    }

    private List<Chart.Point> shares() {
        List<Chart.Point> points = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.event() instanceof RunEvent.Judged judged
                    && !judged.targetShares().isEmpty()) {
                double value = judged.targetShares().values().iterator().next() * 100;
                points.add(new Chart.Point(second(entry.at()), value));
            }
        }
        return points;
    }

    private Map<String, List<Chart.Point>> latency(UserFigures seen) {
        Map<String, List<Chart.Point>> bySide = new TreeMap<>();
        for (UserFigures.Second second : seen.seconds()) {
            double at = second(Instant.ofEpochSecond(second.at()));
            if (at >= 0 && isSide(second.side())) {
                double millis = second.latency().getValueAtPercentile(95) / 1000.0;
                bySide.computeIfAbsent(second.side(), _ -> new ArrayList<>()).add(new Chart.Point(at, millis));
            }
        }
        return bySide;
    }

    private Map<String, List<Chart.Point>> rates(UserFigures seen) {
        Map<String, List<Chart.Point>> bySide = new TreeMap<>();
        for (UserFigures.Second second : seen.seconds()) {
            double at = second(Instant.ofEpochSecond(second.at()));
            if (at >= 0) {
                bySide.computeIfAbsent(second.side(), _ -> new ArrayList<>())
                        .add(new Chart.Point(at, second.requests()));
            }
        }
        return bySide;
    }

    private static boolean isSide(String word) {
        return word.equals(Side.SOURCE.word()) || word.equals(Side.TARGET.word());
    }

    private void marks(Chart chart) {
        for (CutoverReport.Pause pause : report.pauses()) {
            chart.mark(second(pause.from()), "writes held");
        }
        for (CutoverReport.Stretch stretch : report.stretches()) {
            chart.mark(
                    second(stretch.from()),
                    plan.step(stretch.act().split("/", 2)[0]).map(s -> s.kind()).orElse("") + " " + stretch.intended());
        }
        for (CutoverReport.Decided decided : report.decisions()) {
            if (decided.what().equals("roll back")) {
                chart.mark(second(decided.at()), "roll back");
            }
        }
    }

    private double second(Instant at) {
        return Duration.between(report.begun(), at).toMillis() / 1000.0;
    }
}
