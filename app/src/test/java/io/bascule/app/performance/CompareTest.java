package io.bascule.app.performance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.bascule.app.ExitCode;
import io.bascule.app.command.Bascule;
import io.bascule.core.json.Json;
import io.bascule.load.LoadOutcome;
import io.bascule.load.TargetOutcome;
import io.bascule.load.Usage;
import io.bascule.load.file.ResultFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bascule compare}: files in, report and exit code out. */
class CompareTest {
    @TempDir
    Path folder;

    private final AtomicInteger asked = new AtomicInteger();

    private Path before = Path.of("");
    private Path same = Path.of("");
    private Path slower = Path.of("");

    @BeforeEach
    void files() throws IOException {
        LoadFiles files = new LoadFiles(42);
        before = files.one(folder.resolve("before.json"), 90, 20, 0);
        same = files.one(folder.resolve("same.json"), 90, 20, 0);
        slower = files.one(folder.resolve("slower.json"), 90, 26, 0.02);
    }

    private int compare(String... arguments) {
        List<String> all = new ArrayList<>(List.of("compare"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--out", folder.resolve("report").toString()));
        return Bascule.execute(all.toArray(String[]::new));
    }

    private String report() throws IOException {
        return Files.readString(folder.resolve("report"));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> json() throws IOException {
        return (Map<String, Object>) Objects.requireNonNull(Json.parse(report()));
    }

    @Test
    void equal_runs_pass_with_every_section_of_the_report() throws IOException {
        Path sla = file(
                "sla.json",
                "{\"max_response_time_ms\": 500, \"min_availability_percent\": 99.9, \"min_throughput_rps\": 100}");
        assertThat(compare(before + "", same + "", "--objectives", sla + "")).isEqualTo(ExitCode.DONE);
        assertThat(report())
                .contains(
                        "# Migration Performance Validation Report",
                        "## Executive Summary",
                        "**Overall Performance Score:** 70.0/100",
                        "**SLA Compliance:** ✅ COMPLIANT",
                        "## Load Test Results",
                        "- **Total Requests:** 9,000",
                        "- **Success Rate:** 100.00 %",
                        "## Performance Comparison (vs. Pre-Migration)",
                        "## SLA Compliance",
                        "✅ All SLA requirements met",
                        "### Detailed SLA Metrics",
                        "## Recommendations");
    }

    @Test
    void a_slower_and_failing_target_exits_with_99_and_says_why() throws IOException {
        assertThat(compare(before + "", slower + "", "--format", "json")).isEqualTo(ExitCode.OBJECTIVE_FAILED);
        assertThat(json()).containsEntry("verdict", "FAIL").containsEntry("overallAssessment", "Performance concerns");
        assertThat(json().get("recommendations") + "").contains("http_5xx", "p95");
        assertThat(((Number) Objects.requireNonNull(json().get("performanceScore"))).doubleValue())
                .isLessThanOrEqualTo(59);
    }

    @Test
    void a_faster_target_exits_with_0() throws IOException {
        LoadFiles files = new LoadFiles(7);
        Path typed = file(
                "base.json",
                "{\"avg_response_time\": 60, \"p95_response_time\": 90, \"p99_response_time\": 150,"
                        + " \"throughput_rps\": 100, \"success_rate\": 99.2}");
        Path now = files.one(folder.resolve("now.json"), 120, 20, 0);
        assertThat(compare(typed + "", now + "")).isEqualTo(ExitCode.DONE);
        assertThat(report()).contains("**Verdict:** PASS (Excellent performance)", "has single numbers");
    }

    @Test
    void a_missing_metric_is_no_data_and_exits_with_99() throws IOException {
        Path sla = file("sla.yaml", "objectives: [ cpu <= 80% ]");
        assertThat(compare(before + "", same + "", "--objectives", sla + "", "--format", "json"))
                .isEqualTo(ExitCode.OBJECTIVE_FAILED);
        assertThat(json()).containsEntry("verdict", "NO_DATA").containsEntry("overallCompliant", false);
    }

    @Test
    void different_loads_are_refused_unless_told() throws IOException {
        Path typed = file("base.json", "{\"avg_response_time\": 850, \"throughput_rps\": 45, \"success_rate\": 99.2}");
        assertThat(compare(typed + "", same + "")).isEqualTo(ExitCode.FAULTY_INPUT);
        assertThat(report()).contains("different loads do not compare");
        assertThat(compare(typed + "", same + "", "--different-load")).isEqualTo(ExitCode.OBJECTIVE_FAILED);
        assertThat(report()).contains("The loads differ");
    }

    @Test
    void sides_of_one_load_are_paired() throws IOException {
        Path both = new LoadFiles(3).two(folder.resolve("both.json"), 120, 20, 20);
        compare(both + "", both + "", "--format", "json");
        assertThat(json().get("detailedComparison") + "").contains("how=paired block bootstrap");
        assertThat(json().get("baseline") + "").contains("name=source");
        assertThat(compare(both + ":sauce", both + "")).isEqualTo(ExitCode.FAULTY_INPUT);
    }

    @Test
    void the_page_needs_nothing_from_anywhere_and_tells_its_charts_in_words() throws IOException {
        compare(before + "", slower + "", "--format", "html");
        assertThat(report())
                .doesNotContain("src=", "href=", "@import", "<script", "url(")
                .contains(
                        "prefers-color-scheme:dark",
                        "Latency over time",
                        "Response time by percentile",
                        "Throughput",
                        "Errors")
                .doesNotContain("NaN");
        int charts = report().split("role=img", -1).length - 1;
        assertThat(charts).isEqualTo(5);
        assertThat(report().split("aria-label=\"", -1).length - 1).isGreaterThanOrEqualTo(charts);
    }

    @Test
    void faulty_files_exit_with_2() throws IOException {
        Path sla = file("sla.yaml", "objectives: [ p95 < 500ms, p95 <= 500, nonsense ]");
        assertThat(compare(before + "", same + "", "--objectives", sla + "")).isEqualTo(ExitCode.FAULTY_INPUT);
        assertThat(compare(before + "", folder.resolve("none.json") + "")).isEqualTo(ExitCode.FAULTY_INPUT);
        assertThat(compare(file("text.json", "hello") + "", same + "")).isEqualTo(ExitCode.FAULTY_INPUT);
        assertThat(compare(before + "", same + "", "--format", "pdf")).isEqualTo(ExitCode.FAULTY_INPUT);
    }

    private String cpus(int seconds, int from) {
        StringBuilder csv = new StringBuilder("time,cpu\n");
        for (int i = 0; i < seconds; i++) {
            csv.append(LoadFiles.BEGUN.plusSeconds(i))
                    .append(',')
                    .append(from + i % 7)
                    .append('\n');
        }
        return csv.toString();
    }

    /** A server that answers each query of Prometheus alike. */
    private HttpServer prometheus(int status, String values) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            byte[] body = ("{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{},"
                            + "\"values\":[" + values + "]}]}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String at(HttpServer server) {
        return "cpu=http://127.0.0.1:" + server.getAddress().getPort() + "/?query=cpu&step=5s";
    }

    private static String series(double... values) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 18; i++) {
            text.append(i == 0 ? "" : ",")
                    .append('[')
                    .append(LoadFiles.BEGUN.getEpochSecond() + 5L * i)
                    .append(",\"")
                    .append(values[i % values.length])
                    .append("\"]");
        }
        return text.toString();
    }

    @Test
    void the_same_is_asked_of_both_runs_and_decides() throws Exception {
        HttpServer calm = prometheus(200, series(0.40, 0.42, 0.41));
        HttpServer busy = prometheus(200, series(0.60, 0.62, 0.61));
        try {
            assertThat(compare(before + "", same + "", "--baseline-resources", at(calm), "--resources", at(busy)))
                    .isEqualTo(ExitCode.OBJECTIVE_FAILED);
            assertThat(report()).contains("**Verdict:** FAIL").contains("cpu +48.8 %");
            assertThat(asked).hasValue(2);
        } finally {
            calm.stop(0);
            busy.stop(0);
        }
    }

    @Test
    void what_nobody_can_tell_is_no_data_with_the_reason_and_never_compliant() throws Exception {
        Path sla = file("sla.yaml", "objectives: [ cpu <= 80% ]");
        HttpServer wrong = prometheus(400, "");
        HttpServer fine = prometheus(200, series(0.4));
        try {
            int exit = compare(
                    before + "",
                    same + "",
                    "--baseline-resources",
                    at(fine),
                    "--resources",
                    at(wrong),
                    "--objectives",
                    sla + "",
                    "--format",
                    "json");
            assertThat(exit).isEqualTo(ExitCode.OBJECTIVE_FAILED);
            assertThat(json()).containsEntry("verdict", "NO_DATA").containsEntry("overallCompliant", false);
            assertThat(report()).contains("cpu was not measured: http://127.0.0.1:", "status 400");
            assertThat(compare(before + "", same + "", "--resources", at(wrong)))
                    .as("also without a baseline's figure: it was asked for")
                    .isEqualTo(ExitCode.OBJECTIVE_FAILED);
            assertThat(report()).contains("**Verdict:** NO_DATA");
        } finally {
            wrong.stop(0);
            fine.stop(0);
        }
    }

    @Test
    void fractions_are_not_compared_with_percentages() throws Exception {
        HttpServer idle = prometheus(200, series(0.8, 0.9));
        HttpServer busy = prometheus(200, series(1.2, 0.9));
        try {
            assertThat(compare(before + "", same + "", "--baseline-resources", at(idle), "--resources", at(busy)))
                    .isEqualTo(ExitCode.OBJECTIVE_FAILED);
            assertThat(report()).contains("**Verdict:** NO_DATA", "&unit=fraction or &unit=percent");
            String unit = "&unit=percent";
            compare(before + "", same + "", "--baseline-resources", at(idle) + unit, "--resources", at(busy) + unit);
            assertThat(report()).contains("0.85 %", "1.05 %").doesNotContain("**Verdict:** NO_DATA");
        } finally {
            idle.stop(0);
            busy.stop(0);
        }
    }

    @Test
    void what_a_result_holds_is_used_without_asking_and_overridden_by_what_is_asked() throws Exception {
        Path with = folder.resolve("with.json");
        LoadOutcome outcome = ResultFile.read(before);
        List<Usage.Sample> samples = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            samples.add(new Usage.Sample(LoadFiles.BEGUN.plusSeconds(i), 30 + i % 5));
        }
        TargetOutcome target = outcome.targets().getFirst();
        ResultFile.write(
                with,
                new LoadOutcome(
                        outcome.startedAt(),
                        outcome.model(),
                        outcome.profile(),
                        List.of(target.using(new TreeMap<>(Map.of(
                                "cpu",
                                new Usage("cloudwatch:…", Usage.Scale.PERCENT, samples, 0, null),
                                "memory",
                                Usage.untold("cloudwatch:…", "CloudWatch: AccessDenied")))))));
        Path csv = file("cpu.csv", cpus(90, 60));
        assertThat(compare(with + "", same + "", "--resources", "" + csv)).isEqualTo(ExitCode.OBJECTIVE_FAILED);
        assertThat(report())
                .contains("**Verdict:** FAIL")
                .contains("memory of with.json: CloudWatch: AccessDenied")
                .contains("**Get the figures that were asked for and did not come.**");
        Path calm = file("calm.csv", "time,cpu,memory\n" + LoadFiles.BEGUN + ",30,50\n");
        compare(with + "", same + "", "--baseline-resources", "" + csv, "--resources", "" + csv);
        assertThat(report())
                .as("the CSV instead of what the result holds")
                .contains("| CPU utilisation | 62.97 % | 62.97 % |");
        compare(with + "", same + "", "--baseline-resources", "" + calm, "--resources", "" + csv);
        assertThat(report()).doesNotContain("AccessDenied");
    }

    @Test
    void a_wrong_spelling_exits_with_2_and_asks_nobody() throws Exception {
        HttpServer fine = prometheus(200, series(0.4));
        try {
            String misspelt = at(fine).replace("step", "stpe");
            assertThat(compare(before + "", same + "", "--baseline-resources", at(fine), "--resources", misspelt))
                    .isEqualTo(ExitCode.FAULTY_INPUT);
            assertThat(compare(before + "", same + "", "--resources", "cpu=cloudwatch:eu-central-1?metric=x"))
                    .isEqualTo(ExitCode.FAULTY_INPUT);
            assertThat(asked).hasValue(0);
            Path typed = file("base.json", "{\"avg_response_time\": 20, \"throughput_rps\": 100}");
            assertThat(compare(typed + "", same + "", "--baseline-resources", at(fine)))
                    .as("nobody knows when that was")
                    .isEqualTo(ExitCode.FAULTY_INPUT);
        } finally {
            fine.stop(0);
        }
    }
}
