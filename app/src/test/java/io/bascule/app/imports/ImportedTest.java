package io.bascule.app.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Problem;
import io.bascule.planfile.Decoded;
import io.bascule.planfile.PlanFile;
import io.bascule.planfile.tree.SourceText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportedTest {
    private static final String ELB = "arn:aws:elasticloadbalancing:us-east-1:123456789012:";
    private static final String SCRIPT = """
            {
              "load_balancer_arn": "%1$sloadbalancer/app/web/50dc6c495c0c9188",
              "old_target_group_arn": "%1$stargetgroup/old-app/73e2d6bc24d8a067",
              "new_target_group_arn": "%1$stargetgroup/new-app/83e2d6bc24d8a067",
              "health_check_url": "https://new.example.com/health",
              "dns_zone_id": "Z1234567890ABC",
              "dns_record_name": "app.example.com",
              "new_dns_target": "new-lb.example.com",
              "dms_task_arn": "arn:aws:dms:us-east-1:123456789012:task:ABC",
              "validation_scripts": ["checks/orders.sh"],
              "cloudwatch_alarms": ["{\\"AlarmName\\":\\"app-5xx\\"}"],
              "cleanup_delay_hours": 24
            }
            """.formatted(ELB);
    private static final String WEIGHTED = """
            {
              "hosted_zone_id": "Z1234567890ABC", "record_name": "app.example.com",
              "old_target": "1.2.3.4", "new_target": "5.6.7.8",
              "health_checks": [ { "name": "old", "fqdn": "old.example.com", "path": "/health" },
                                 { "name": "new", "fqdn": "new.example.com", "path": "/health" } ],
              "traffic_shifts": [ { "new_weight": 20, "duration_minutes": 10 }, { "new_weight": 100, "duration_minutes": 0 } ],
              "monitoring": { "target_group_arn": "%stargetgroup/new-app/83e2d6bc24d8a067", "min_healthy_percent": 80,
                              "cloudwatch_metrics": [ { "metric_name": "HTTPCode_Target_5XX_Count", "threshold": 10 } ] }
            }
            """.formatted(ELB);

    @TempDir
    Path folder;

    @Test
    void what_a_cutover_script_left_out_is_unanswered_and_nothing_else_is_wrong() throws Exception {
        assertThat(codes(decode(plan(SCRIPT)))).hasSize(17).containsOnly("BSC-1111");
    }

    @Test
    void a_cutover_scripts_plan_passes_once_it_is_answered() throws Exception {
        CutoverPlan plan = good(answered(plan(SCRIPT)));

        assertThat(plan.entrance("balancer").router().need("target")).endsWith("targetgroup/new-app/83e2d6bc24d8a067");
        assertThat(plan.entrance("name").router().need("target.cname")).isEqualTo("new-lb.example.com");
        assertThat(plan.entrances()).hasSize(2);
    }

    @Test
    void what_a_weighted_shift_left_out_is_unanswered_and_nothing_else_is_wrong() throws Exception {
        assertThat(codes(decode(plan(WEIGHTED)))).hasSize(10).containsOnly("BSC-1111");
    }

    @Test
    void a_weighted_shifts_plan_passes_once_it_is_answered() throws Exception {
        CutoverPlan plan = good(answered(plan(WEIGHTED)));

        assertThat(plan.entrance("name").router().need("record")).isEqualTo("app.example.com");
        assertThat(plan.entrance("name").router().need("target.a")).isEqualTo("5.6.7.8");
    }

    @Test
    void a_value_cannot_be_anything_but_a_text_in_the_plan() throws Exception {
        String hostile = WEIGHTED.replace("app.example.com", "a\\n# @ { \\\"x: 1");

        assertThat(codes(decode(plan(hostile)))).contains("BSC-1111").doesNotContain("BSC-1003", "BSC-1101");
    }

    @Test
    void every_problem_of_the_foreign_file_is_told_at_its_place() {
        String faulty =
                SCRIPT.replace("old_target_group_arn", "old_target_grup_arn").replace("24", "-1");

        assertThat(Imported.read(new SourceText("cutover-config.json", faulty), "web"))
                .isInstanceOfSatisfying(Imported.Faulty.class, found -> {
                    assertThat(found.problems()).extracting(Problem::line).containsExactly(3, 12);
                    assertThat(found.problems().getFirst().hint()).contains("old_target_group_arn");
                });
    }

    @Test
    void a_file_of_no_known_tool_is_told() {
        assertThat(Imported.read(new SourceText("x.json", "{ \"name\": 1 }"), "web"))
                .isInstanceOf(Imported.Faulty.class);
    }

    private static String plan(String json) {
        return Imported.read(new SourceText("theirs.json", json), "web") instanceof Imported.Plan plan
                ? plan.yaml()
                : "faulty";
    }

    /** Each 'unanswered' in the order in which people would come upon it, by the words before it. */
    private static String answered(String yaml) {
        List<String> lines = new ArrayList<>();
        for (String line : yaml.lines().toList()) {
            String before = line.contains("unanswered") && !line.strip().startsWith("#")
                    ? line.substring(0, line.indexOf("unanswered")).strip()
                    : "";
            lines.add(before.isEmpty() ? line : line.replaceFirst("unanswered", answer(before)));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String answer(String before) {
        String key = before.substring(before.lastIndexOf(' ') + 1);
        return switch (key) {
            case "at-turnaround:" -> "hold";
            case "name:" -> "Ana Ruiz";
            case "http:" -> "https://old.example.com";
            case "listener:" -> ELB + "listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2";
            case "expect:" -> "50/s";
            case "source:" -> "\"TargetGroup=targetgroup/old-app/73e2d6bc24d8a067\"";
            case "target:" -> "\"TargetGroup=targetgroup/new-app/83e2d6bc24d8a067\"";
            case "main:", "sessions:" -> "{ shared: both sides use it }";
            case "writers:" -> "{}";
            case "limits:" -> "[ errors <= 1%, p95 <= 800ms ]";
            case "dimensions:" -> "\"TargetGroup=targetgroup/new-app/83e2d6bc24d8a067\"";
            case "effect:" -> "none";
            case "stages:" -> "[ 10% for 30m, 50% for 30m, 100% for 30m ]";
            case "for:" -> "30m";
            default -> throw new AssertionError("nobody answers " + before);
        };
    }

    private Decoded decode(String yaml) throws Exception {
        Files.createDirectories(folder.resolve("checks"));
        Files.writeString(folder.resolve("checks/orders.sh"), "#!/bin/sh\n");
        return PlanFile.decode(List.of(new SourceText("plan.yaml", yaml)), folder);
    }

    private CutoverPlan good(String yaml) throws Exception {
        Decoded decoded = decode(yaml);
        assertThat(decoded.told()).isEmpty();
        return ((Decoded.Good) decoded).plan();
    }

    private static List<String> codes(Decoded decoded) {
        return decoded.told().stream().map(Problem::code).toList();
    }
}
