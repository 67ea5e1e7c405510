package io.bascule.planfile.objectives;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.performance.Measured;
import io.bascule.core.performance.Objective;
import io.bascule.core.performance.Objective.Bound;
import io.bascule.core.performance.Objective.Burn;
import io.bascule.core.performance.OfferedLoad;
import io.bascule.core.plan.Problem;
import io.bascule.planfile.objectives.ObjectivesFile.Asked;
import io.bascule.planfile.tree.SourceText;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ObjectivesFileTest {
    private static Asked good(String text) {
        return switch (ObjectivesFile.read(new SourceText("sla.yaml", text))) {
            case ReadFile.Good<Asked>(Asked asked) -> asked;
            case ReadFile.Faulty<Asked> faulty -> throw new AssertionError(faulty.problems());
        };
    }

    private static List<String> problems(String text) {
        return switch (ObjectivesFile.read(new SourceText("sla.yaml", text))) {
            case ReadFile.Good<Asked> good -> throw new AssertionError(good);
            case ReadFile.Faulty<Asked> faulty ->
                faulty.problems().stream().map(ObjectivesFileTest::told).toList();
        };
    }

    private static String told(Problem problem) {
        return problem.line() + ":" + problem.column() + " " + problem.code();
    }

    @Test
    void bounds_burns_and_the_rules_of_comparing() {
        Asked asked = good("""
            objectives:
              - p95 <= 500ms
              - { bound: success-rate >= 99.9%, name: availability, confidence: 95% }
              - throughput >= 100/s
              - queue-depth <= 20
              - { burn: 99.95%, windows: [ 10m/1m at 14.4x ] }
            compare: { confidence: 99%, margins: { p95: 5%, queue_wait: 20% }, judged: [ p99 ], different-load: true }
            """);
        assertThat(asked.objectives()).hasSize(5);
        Bound p95 = (Bound) asked.objectives().getFirst();
        assertThat(p95.holds(500)).isTrue();
        assertThat(p95.holds(500.1)).isFalse();
        Bound success = (Bound) asked.objectives().get(1);
        assertThat(success.name()).isEqualTo("availability");
        assertThat(success.bound()).isEqualTo(0.999);
        assertThat(success.confidence()).isEqualTo(OptionalDouble.of(0.95));
        Burn burn = (Burn) asked.objectives().getLast();
        assertThat(burn.pairs())
                .containsExactly(new Objective.Pair(Duration.ofMinutes(10), Duration.ofMinutes(1), 14.4));
        assertThat(asked.rules().confidence()).isEqualTo(0.99);
        assertThat(asked.rules().margins()).containsEntry("p95", 0.05).containsEntry("queue-wait", 0.2);
        assertThat(asked.rules().judged()).containsExactly("p99");
        assertThat(asked.rules().differentLoad()).isTrue();
    }

    @Test
    void the_form_of_the_first_documents_is_accepted() {
        Asked asked = good(
                "{\"max_response_time_ms\": 500, \"min_availability_percent\": 99.9, \"min_throughput_rps\": 100}");
        assertThat(asked.objectives())
                .extracting(Objective::text)
                .containsExactly(
                        "max_response_time_ms: 500", "min_availability_percent: 99.9", "min_throughput_rps: 100");
        assertThat(((Bound) asked.objectives().get(1)).bound()).isEqualTo(0.999);
        assertThat(((Bound) asked.objectives().getFirst()).measure().name()).isEqualTo("p95");
    }

    @Test
    void every_problem_is_told_at_once_with_its_place() {
        assertThat(problems("""
            objectives:
              - p95 < 500ms
              - p95 <= 500
              - success-rate >= 1.2 x source
              - { burn: 100%, confidence: 95% }
              - { bound: p99 <= 1s, burn: 99% }
              - { burn: 99.9%, windows: [ 1m/5m at 6x, 5m/1m ] }
              - { bound: p99 <= 1s, windows: [ 5m/30s at 6x ] }
            compare: { margins: { p95: ten }, confidense: 95% }
            max_respons_time_ms: 500
            min_availability_percent: 120
            """))
                .containsExactly(
                        "2:9 BSC-1207",
                        "3:5 BSC-1212",
                        "4:5 BSC-1207",
                        "5:13 BSC-1202",
                        "5:31 BSC-1109",
                        "6:25 BSC-1107",
                        "7:31 BSC-1214",
                        "7:44 BSC-1214",
                        "8:34 BSC-1109",
                        "9:28 BSC-1202",
                        "9:35 BSC-1101",
                        "10:1 BSC-1101",
                        "11:27 BSC-1204");
    }

    private static Measured figures(String text) {
        return switch (FiguresFile.read(new SourceText("baseline.json", text))) {
            case ReadFile.Good<Measured>(Measured run) -> run;
            case ReadFile.Faulty<Measured> faulty -> throw new AssertionError(faulty.problems());
        };
    }

    @Test
    void a_baseline_that_somebody_wrote_down_is_read_in_its_own_units() {
        Measured baseline = figures("""
            {"avg_response_time": 850, "p95_response_time": 1200, "throughput_rps": 45, "success_rate": 99.2,
             "cpu_utilization": 75, "memory_utilization": 68, "carts_open": 12}
            """);
        assertThat(baseline.figures())
                .containsEntry("average", 850.0)
                .containsEntry("success-rate", 0.992)
                .containsEntry("cpu", 0.75)
                .containsEntry("carts-open", 12.0);
        assertThat(baseline.load()).isInstanceOf(OfferedLoad.Unsaid.class);
        assertThat(figures("{\"concurrent_users\": 50, \"total_requests\": 1000, \"success_rate\": 99}")
                        .load())
                .isEqualTo(new OfferedLoad.Closed(50));
        assertThat(figures("{\"total_requests\": 1000, \"success_rate\": 99}").failed())
                .hasValue(10);
    }

    @Test
    void every_problem_of_a_baseline_is_told_at_once() {
        ReadFile<Measured> read = FiguresFile.read(new SourceText("baseline.json", """
            {"p95_response_time": "fast",
             "success_rate": 101,
             "p95": 3,
             "cpu_utilization": -1}
            """));
        if (!(read instanceof ReadFile.Faulty<Measured> faulty)) {
            throw new AssertionError(read);
        }
        assertThat(faulty.problems())
                .extracting(ObjectivesFileTest::told)
                .containsExactly("1:23 BSC-1204", "2:18 BSC-1204", "3:2 BSC-1102", "4:21 BSC-1204");
    }
}
