package io.bascule.app.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.app.ExitCode;
import io.bascule.app.command.Bascule;
import io.bascule.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bascule compare}: files in, report and exit code out. */
class CompareTest {
    @TempDir
    Path folder;

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

    @Test
    void resources_come_from_prometheus_cloudwatch_or_a_file() throws IOException {
        Path prometheus = file("p.json", """
            {"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1763719200,"0.42"],[1763719205,"0.5"]]}]}}
            """);
        assertThat(ResourceFile.read(prometheus, Optional.of("cpu"), Optional.empty(), Optional.empty()))
                .containsEntry("cpu", List.of(0.42, 0.5));
        Path data = file("d.json", """
            {"MetricDataResults":[{"Id":"m","Timestamps":["2026-11-21T10:00:05Z","2026-11-21T11:00:00+00:00"],"Values":[40.0,99.0]}]}
            """);
        assertThat(ResourceFile.read(
                        data,
                        Optional.of("cpu_utilization"),
                        Optional.of(LoadFiles.BEGUN),
                        Optional.of(java.time.Duration.ofMinutes(1))))
                .as("only what lies within the run")
                .containsEntry("cpu", List.of(0.4));
        Path statistics = file(
                "s.json",
                "{\"Label\":\"CPUUtilization\",\"Datapoints\":[{\"Timestamp\":\"2026-11-21T10:00:00Z\",\"Average\":12.5,\"Unit\":\"Percent\"}]}");
        assertThat(ResourceFile.read(statistics, Optional.of("cpu"), Optional.empty(), Optional.empty()))
                .containsEntry("cpu", List.of(0.125));
        Path csv = file("r.csv", "time,cpu,memory\n2026-11-21T10:00:00Z,50,61\n2026-11-21T10:00:05Z,60,62\n");
        assertThat(ResourceFile.read(csv, Optional.empty(), Optional.empty(), Optional.empty()))
                .containsEntry("cpu", List.of(0.5, 0.6))
                .containsEntry("memory", List.of(0.61, 0.62));
        Path wrong = file("w.csv", "time,cpu\n2026-11-21T10:00:00Z,high\n");
        assertThatThrownBy(() -> ResourceFile.read(wrong, Optional.empty(), Optional.empty(), Optional.empty()))
                .hasMessageEndingWith("w.csv:2: 'high' in column 'cpu' is no number");
    }
}
