package io.bascule.app.performance;

import io.bascule.core.performance.Advice;
import io.bascule.core.performance.Assessment;
import io.bascule.core.performance.Comparison;
import io.bascule.core.performance.Held;
import io.bascule.core.performance.Measure;
import io.bascule.core.performance.Measured;
import io.bascule.core.performance.Objective;
import io.bascule.core.performance.OfferedLoad;
import io.bascule.core.performance.Row;
import io.bascule.core.performance.Slice;
import io.bascule.core.port.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The report as one self-contained page: verdict, figures, charts as inline SVG, tables, recommendations. */
final class PerformanceHtml {
    private static final double MANY_POWERS = 50;
    private static final String STYLE = """
        :root{--ink:#1B1D21;--soft:#5E646D;--page:#F6F5F2;--card:#fff;--edge:#DEDBD4;--head:#EFEDE8;--grid:#E4E1DA;--target:#0B5CAD;
        --source:#4A4F57;--good:#0A6E4F;--bad:#B3261E;--open:#7A5200;--within:#E3EFE8}
        @media(prefers-color-scheme:dark){:root{--ink:#ECEEF0;--soft:#9BA4AE;--page:#0F1215;--card:#171B20;--edge:#2D343D;--head:#20262D;
        --grid:#2A313A;--target:#6CB2FF;--source:#D5D8DC;--good:#4FD1A5;--bad:#FF8A80;--open:#F2C063;--within:#1D3A30}}
        body{font:15px/22px system-ui,sans-serif;color:var(--ink);background:var(--page);margin:0 auto;max-width:960px;padding:24px}
        h1{font-size:24px;line-height:30px;margin:0}h2{font-size:17px;margin:36px 0 12px}h3{font-size:15px}p{margin:8px 0}
        .made,.u,small{color:var(--soft);font-weight:400}.verdict{background:var(--card);border:1px solid var(--edge);border-left:8px solid var(--soft);
        border-radius:10px;padding:16px 20px;margin:20px 0}.verdict b{font-size:22px;line-height:30px}.verdict.PASS{border-left-color:var(--good)}
        .verdict.FAIL{border-left-color:var(--bad)}.verdict.ERROR,.verdict.INCONCLUSIVE,.verdict.NO_DATA{border-left-color:var(--open)}
        ul{padding-left:22px;margin:8px 0}.f{display:grid;grid-template-columns:repeat(auto-fill,minmax(200px,1fr));gap:12px}
        .f div,figure{background:var(--card);border:1px solid var(--edge);border-radius:10px;padding:12px 14px}.f b{display:block;font-size:22px;line-height:28px}
        figure{margin:16px 0}figcaption{font-weight:600;margin-bottom:8px}.u{margin-left:6px}.key{display:inline-block;margin-left:16px;font-weight:400;font-size:13px}
        .swatch{width:28px;height:8px;margin-right:6px}svg[role]{width:100%;height:auto;display:block}svg text{font-size:12px;fill:var(--soft)}svg .name{fill:var(--ink);font-size:13px}
        .g{stroke:var(--grid)}.zero{stroke:var(--soft)}.l{fill:none;stroke-width:2;stroke:var(--target)}.now50{stroke-width:1.4;opacity:.75}
        .now95{stroke-width:2.4}.now99{stroke-dasharray:2 3}.was{stroke:var(--source);stroke-dasharray:7 4}.wasthin{stroke:var(--source);stroke-dasharray:7 4;stroke-width:1.3}
        .fails{stroke:var(--bad)}.bound{stroke:var(--open);stroke-dasharray:10 3 2 3;stroke-width:1.4}.within{fill:var(--within)}.bar{stroke-width:4;stroke-linecap:round;stroke:var(--soft)}
        .dot{fill:var(--soft)}.bar.pass{stroke:var(--good)}.dot.pass{fill:var(--good)}.bar.fail{stroke:var(--bad)}.dot.fail{fill:var(--bad)}.bar.inconclusive{stroke:var(--open)}.dot.inconclusive{fill:var(--open)}
        .scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;background:var(--card);font-size:14px}td,th{border:1px solid var(--edge);padding:5px 9px;text-align:left;vertical-align:top}
        th{background:var(--head);font-weight:600}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}.PASSw{color:var(--good)}.FAILw{color:var(--bad)}
        .INCONCLUSIVEw,.NO_DATAw,.ERRORw{color:var(--open)}.told td{color:var(--soft)}.w{font-weight:650;white-space:nowrap}@media print{body{max-width:none}figure,.verdict{break-inside:avoid}}
        """;

    private final PerformanceReport report;
    private final Assessment assessment;
    private final Optional<Measured> baseline;
    private final StringBuilder out = new StringBuilder();

    PerformanceHtml(PerformanceReport report) {
        this.report = report;
        this.assessment = report.assessment();
        this.baseline = assessment.comparison().map(Comparison::baseline);
    }

    String text() {
        out.append(
                "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\">");
        out.append("<title>Migration Performance Validation Report: ")
                .append(assessment.verdict().word())
                .append("</title><style>")
                .append(STYLE)
                .append("</style><body><h1>Migration Performance Validation Report</h1><p class=made>");
        escaped(assessment.run().name()
                + baseline.map(b -> " against " + b.name()).orElse("") + ", generated "
                + PerformanceMarkdown.made(report));
        out.append("</p>");
        verdict();
        figures();
        charts();
        assessment.comparison().ifPresent(this::comparison);
        objectives();
        recommendations();
        method();
        return out.append("</body></html>\n").toString();
    }

    private void verdict() {
        out.append("<section class=\"verdict ")
                .append(assessment.verdict().word())
                .append("\" aria-label=\"Executive summary\"><b>");
        escaped(Words.plainSign(assessment.verdict()) + " "
                + assessment.verdict().word() + ": " + assessment.words());
        out.append("</b>");
        PerformanceMarkdown.headlines(assessment).stream().skip(1).forEach(line -> {
            out.append("<p>");
            escaped(line.replace('✅', '✓').replace('❌', '✗'));
            out.append("</p>");
        });
        out.append("<ul>");
        assessment.reasons().forEach(reason -> {
            out.append("<li>");
            escaped(reason);
            out.append("</li>");
        });
        out.append("</ul></section>");
    }

    private void figures() {
        Measured run = assessment.run();
        heading("Load Test Results");
        out.append("<p>");
        escaped(run.load().text()
                + run.lasted()
                        .map(lasted -> ", " + PerformanceMarkdown.seconds(lasted))
                        .orElse("")
                + PerformanceMarkdown.begun(run)
                        .map(begun -> ", begun " + begun)
                        .orElse(""));
        out.append("</p><div class=f>");
        if (run.requests().isPresent()) {
            card(PerformanceMarkdown.count(run.requests().getAsLong()), "total requests", Optional.empty());
        }
        for (String name : List.of("success-rate", "throughput", "average", "p95", "p99", "max", "cpu", "memory")) {
            Measure measure = Measure.named(name);
            Double value = run.figures().get(name);
            if (value != null) {
                card(
                        measure.unit().text(value),
                        measure.title().toLowerCase(Locale.ROOT),
                        baseline.map(b -> b.figures().get(name))
                                .map(was -> "before " + measure.unit().text(was)));
            }
        }
        out.append("</div>");
        if (!run.errors().isEmpty()) {
            out.append("<p>Failures by kind: ");
            escaped(String.join(
                    ", ",
                    run.errors().entrySet().stream()
                            .map(kind -> kind.getKey() + " " + PerformanceMarkdown.count(kind.getValue()))
                            .toList()));
            out.append("</p>");
        }
        run.invalid().ifPresent(why -> {
            out.append("<p class=\"w ERRORw\">Not to be judged: ");
            escaped(why);
            out.append("</p>");
        });
    }

    private void card(String value, String name, Optional<String> before) {
        out.append("<div><b>");
        escaped(value);
        out.append("</b>");
        escaped(name);
        before.ifPresent(text -> {
            out.append("<br><small>");
            escaped(text);
            out.append("</small>");
        });
        out.append("</div>");
    }

    private void charts() {
        assessment.comparison().ifPresent(comparison -> out.append(new IntervalBars(comparison).html()));
        List<Slice> now = Curves.joined(assessment.run().slices());
        if (now.isEmpty()) {
            return;
        }
        List<Slice> was = baseline.map(b -> Curves.joined(b.slices())).orElse(List.of());
        out.append(latency(now, was))
                .append(spectrum())
                .append(throughput(now, was))
                .append(failures(now, was));
    }

    private String latency(List<Slice> now, List<Slice> was) {
        List<Plot.Point> p50 = Curves.over(now, Curves.percentile(0.5));
        List<Plot.Point> p95 = Curves.over(now, Curves.percentile(0.95));
        List<Plot.Point> p99 = Curves.over(now, Curves.percentile(0.99));
        List<Plot.Point> before = Curves.over(was, Curves.percentile(0.95));
        Plot plot = new Plot(
                        "Latency over time",
                        "ms, from when each request was due",
                        "95th percentile from " + extent(p95) + " ms"
                                + (before.isEmpty() ? "" : ", before from " + extent(before) + " ms"),
                        Scale.time(end(now, was)),
                        Scale.fromZero(largest(List.of(p95, p99, before))))
                .line(baselineName("p95"), "was", before)
                .line("p99", "now99", p99)
                .line("p95", "now95", p95)
                .line("p50", "now50", p50);
        bounds("p95").forEach(bound -> plot.rule(bound.bound(), bound.text()));
        return plot.html();
    }

    private String spectrum() {
        Measured run = assessment.run();
        double last = Math.max(
                Curves.last(run.millis()),
                baseline.map(b -> Curves.last(b.millis())).orElse(0.0));
        List<Plot.Point> now = Curves.spectrum(run.millis(), last);
        List<Plot.Point> was =
                baseline.map(b -> Curves.spectrum(b.millis(), last)).orElse(List.of());
        double low = Stream.of(now, was)
                .flatMap(List::stream)
                .mapToDouble(Plot.Point::y)
                .min()
                .orElse(1);
        double high = largest(List.of(now, was));
        return new Plot(
                        "Response time by percentile",
                        "ms",
                        "How many milliseconds that share of requests did not exceed: now " + told(run)
                                + baseline.map(b -> "; before " + told(b)).orElse(""),
                        Scale.percentiles(last),
                        high > MANY_POWERS * low ? Scale.powers(low, high) : Scale.fromZero(high))
                .line(baseline.map(Measured::name).orElse(""), "was", was)
                .line(run.name(), "now95", now)
                .html();
    }

    private static String told(Measured run) {
        List<String> parts = new ArrayList<>();
        for (String name : List.of("p50", "p95", "p99", "p999")) {
            Double value = run.figures().get(name);
            if (value != null) {
                parts.add(name + " " + Measure.named(name).unit().text(value));
            }
        }
        return String.join(", ", parts);
    }

    private String throughput(List<Slice> now, List<Slice> was) {
        List<Plot.Point> points = Curves.over(now, slice -> slice.requests() / slice.seconds());
        List<Plot.Point> before = Curves.over(was, slice -> slice.requests() / slice.seconds());
        Plot plot = new Plot(
                        "Throughput",
                        "requests answered per second",
                        "From " + extent(points) + " per second",
                        Scale.time(end(now, was)),
                        Scale.fromZero(largest(List.of(points, before))))
                .line(baselineName(""), "was", before)
                .line(assessment.run().name(), "now95", points);
        if (assessment.run().load() instanceof OfferedLoad.Open open) {
            plot.rule(open.perSecond(), "offered " + Scale.number(open.perSecond()) + "/s");
        }
        return plot.html();
    }

    private String failures(List<Slice> now, List<Slice> was) {
        List<Plot.Point> points = Curves.over(now, slice -> slice.failed() / slice.seconds());
        List<Plot.Point> before = Curves.over(was, slice -> slice.failed() / slice.seconds());
        return new Plot(
                        "Errors",
                        "failed requests per second",
                        "From " + extent(points) + " per second",
                        Scale.time(end(now, was)),
                        Scale.fromZero(Math.max(1, largest(List.of(points, before)))))
                .line(baselineName(""), "was", before)
                .line(assessment.run().name(), "fails", points)
                .html();
    }

    private String baselineName(String of) {
        return baseline.map(b -> (b.name() + " " + of).strip()).orElse("");
    }

    private List<Objective.Bound> bounds(String measure) {
        return assessment.objectives().stream()
                .map(Held::objective)
                .filter(Objective.Bound.class::isInstance)
                .map(Objective.Bound.class::cast)
                .filter(bound -> bound.measure().name().equals(measure))
                .toList();
    }

    private static double end(List<Slice> now, List<Slice> was) {
        return Stream.of(now, was)
                .flatMap(List::stream)
                .mapToDouble(slice -> slice.at() + slice.seconds())
                .max()
                .orElse(1);
    }

    private static double largest(List<List<Plot.Point>> lines) {
        return lines.stream()
                .flatMap(List::stream)
                .mapToDouble(Plot.Point::y)
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(1);
    }

    private static String extent(List<Plot.Point> points) {
        double[] known = points.stream()
                .mapToDouble(Plot.Point::y)
                .filter(y -> !Double.isNaN(y))
                .sorted()
                .toArray();
        return known.length == 0
                ? "nothing"
                : String.format(Locale.ROOT, "%.4g to %.4g", known[0], known[known.length - 1]);
    }

    private void comparison(Comparison comparison) {
        heading("Performance Comparison (vs. Pre-Migration)");
        comparison.remarks().forEach(remark -> {
            out.append("<p>");
            escaped(remark);
            out.append("</p>");
        });
        if (comparison.rows().isEmpty()) {
            out.append("<p>");
            escaped(comparison.verdict().reason());
            out.append("</p>");
            return;
        }
        out.append("<div class=scroll><table><tr><th>Metric<th class=n>Baseline<th class=n>Current<th class=n>Change"
                + "<th class=n>Interval<th>Significance<th>Verdict</tr>");
        for (Row row : comparison.rows()) {
            out.append(row.decides() ? "<tr>" : "<tr class=told>");
            cell(row.measure().title(), "");
            cell(Words.value(row.measure(), row.baseline()), "n");
            cell(Words.value(row.measure(), row.current()), "n");
            cell(Words.change(row), "n");
            cell(Words.interval(row), "n");
            cell(Words.significance(row), "");
            verdict(row.decides() ? Optional.of(row.verdict()) : Optional.empty());
            out.append("</tr>");
        }
        out.append("</table></div><p><small>Rows in grey are told and do not decide.</small></p>");
    }

    private void verdict(Optional<Verdict> verdict) {
        cell(
                verdict.map(v -> Words.plainSign(v) + " " + v.word()).orElse(Words.NONE),
                verdict.map(v -> "w " + v.word() + "w").orElse(""));
    }

    private void objectives() {
        if (assessment.objectives().isEmpty()) {
            return;
        }
        heading("SLA Compliance");
        out.append("<p>");
        escaped(assessment.compliant().orElse(false) ? "✓ All SLA requirements met" : "✗ SLA requirements not met");
        out.append(
                "</p><h3>Detailed SLA Metrics</h3><div class=scroll><table><tr><th>SLA Requirement<th class=n>Current"
                        + " Value<th class=n>Threshold<th class=n>Margin<th>Status<th>Why</tr>");
        for (Held held : assessment.objectives()) {
            out.append("<tr>");
            cell(held.objective().name(), "");
            cell(PerformanceMarkdown.observed(held), "n");
            cell(PerformanceMarkdown.threshold(held.objective()), "n");
            cell(PerformanceMarkdown.margin(held), "n");
            verdict(Optional.of(held.verdict()));
            cell(held.verdict().reason(), "");
            out.append("</tr>");
        }
        out.append("</table></div>");
    }

    private void recommendations() {
        heading("Recommendations");
        out.append("<ul>");
        for (Advice advice : report.advice()) {
            out.append("<li><b>");
            escaped(advice.text());
            out.append(".</b> <span class=made>Evidence: ");
            escaped(advice.evidence());
            out.append(".</span></li>");
        }
        out.append("</ul>");
    }

    private void method() {
        String markdown = new PerformanceMarkdown(report).text();
        String text = markdown.substring(markdown.indexOf("## How to read this") + "## How to read this".length());
        heading("How to read this");
        for (String paragraph : text.strip().split("\n\n")) {
            out.append("<p>");
            escaped(paragraph);
            out.append("</p>");
        }
    }

    private void heading(String text) {
        out.append("<h2>").append(Words.escaped(text)).append("</h2>");
    }

    private void cell(String text, String style) {
        out.append("<td class=\"")
                .append(style)
                .append("\">")
                .append(Words.escaped(text))
                .append("</td>");
    }

    private void escaped(String text) {
        out.append(Words.escaped(text));
    }
}
