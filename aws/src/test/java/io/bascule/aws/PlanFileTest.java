package io.bascule.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.json.Json;
import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Settings;
import io.bascule.core.run.RunStatus;
import io.bascule.core.sim.Rehearsal;
import io.bascule.planfile.Decoded;
import io.bascule.planfile.PlanFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example's plan: read, rehearsed with its own settings, its permissions told, its faults found. */
class PlanFileTest {
    private static final Path EXAMPLE = Path.of("../examples/aws/plan.yaml");

    @TempDir
    Path folder;

    private static CutoverPlan example() {
        return plan(EXAMPLE);
    }

    private static CutoverPlan plan(Path file) {
        return switch (PlanFile.read(file, List.of())) {
            case Decoded.Good good -> good.plan();
            case Decoded bad -> throw new AssertionError(bad.told());
        };
    }

    private Path changed(String from, String to) throws IOException {
        String text = Files.readString(EXAMPLE);
        assertThat(text).contains(from);
        return Files.writeString(folder.resolve("plan.yaml"), text.replace(from, to));
    }

    @Test
    void the_example_is_a_good_plan_whose_settings_are_canonical() {
        Settings balancer = example().entrance("balancer").router();
        assertThat(balancer.values())
                .containsEntry("attach", "yes")
                .containsEntry("numbers.namespace", "AWS/ApplicationELB")
                .containsEntry("numbers.period", "PT1S");
        assertThat(example().entrance("name").router().values())
                .containsEntry("target.a", "127.0.0.3")
                .containsEntry("numbers.source", "Side=source");
    }

    @Test
    void every_failure_of_the_example_ends_as_the_contract_allows_in_the_simulated_world() {
        assertThat(Rehearsal.rehearse(example(), 7).status()).isEqualTo(RunStatus.COMPLETED);
        List<Rehearsal.Line> lines = Rehearsal.rehearseEveryStep(example(), 7);
        assertThat(lines)
                .allSatisfy(line -> assertThat(line.good()).as(line.toString()).isTrue());
        assertThat(lines)
                .filteredOn(line -> line.status() == RunStatus.ROLLED_BACK)
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(line.restored()).as(line.toString()).isTrue());
        assertThat(lines).anySatisfy(line -> {
            assertThat(line.act()).isEqualTo("shift/attach balancer");
            assertThat(line.status()).isEqualTo(RunStatus.ABORTED_UNCHANGED);
        });
    }

    @Test
    void a_form_that_aws_would_not_take_is_told_before_aws_is_asked() throws IOException {
        for (Map.Entry<String, String> wrong : Map.of(
                        "zone: Z0123456789EXAMPLE", "zone: /hostedzone/Z01",
                        "record: shop.example.test", "record: http://shop",
                        "condition: host=shop.example.test", "condition: shop.example.test",
                        "from: cutover@example.test", "from: cutover",
                        "region: eu-central-1\n    zone", "region: frankfurt\n    zone")
                .entrySet()) {
            Decoded decoded = PlanFile.read(changed(wrong.getKey(), wrong.getValue()), List.of());
            assertThat(decoded).as(wrong.getValue()).isNotInstanceOf(Decoded.Good.class);
        }
    }

    @Test
    void a_listener_and_a_rule_exclude_each_other() throws IOException {
        Path file = changed(
                "    condition: host=shop.example.test\n",
                "    rule: arn:aws:elasticloadbalancing:x:1:listener-rule/a\n");
        assertThat(PlanFile.read(file, List.of()).told().toString()).contains("excludes");
    }

    @Test
    void the_policy_names_what_is_done_and_undone_and_each_resource() {
        String policy = Permissions.of(example());
        assertThat(Json.parse(policy)).isInstanceOf(Map.class);
        assertThat(policy)
                .contains(
                        "\"elasticloadbalancing:ModifyRule\"",
                        "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener-rule/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2/*",
                        "arn:aws:route53:::hostedzone/Z0123456789EXAMPLE",
                        "\"route53:GetChange\"",
                        "arn:aws:ssm:eu-central-1:*:parameter/shop/target/mode",
                        "arn:aws:secretsmanager:eu-central-1:*:secret:shop/target/key-*",
                        "\"sns:Publish\"",
                        "\"ses:SendEmail\"",
                        "\"cloudwatch:GetMetricData\"")
                .doesNotContain("ModifyListener", "GetSecretValue", "\"*:*\"", ":Delete");
    }

    /** The example with steps that check, carry and switch data in its BAKE, where any check may stand, and PREPARE. */
    private CutoverPlan withData() throws IOException {
        return plan(changed("      - prepare-dns: { entrance: name, ttl: 1s }\n", """
                      - prepare-dns: { entrance: name, ttl: 1s }
                      - check: { dms: { task: "arn:aws:dms:eu-central-1:123456789012:task:ABC", region: eu-central-1, drained: yes }, time-out: 4m }
                      - check: { snapshot: { of: shop, region: eu-central-1, restored-as: shop-test } }
                      - check: { snapshot: { of: shop-cluster, kind: cluster, region: eu-central-1, not-older-than: 2h } }
                      - sync: { datasync: { task: "arn:aws:datasync:eu-central-1:123456789012:task/task-1", region: eu-central-1 }, time-out: 1h }
                """));
    }

    @Test
    void data_that_aws_moves_is_read_with_its_defaults() throws IOException {
        List<Settings> means = withData()
                .steps()
                .flatMap(step -> step.action().by().stream())
                .filter(each -> List.of("dms", "snapshot", "datasync").contains(each.adapter()))
                .toList();
        assertThat(means).extracting(Settings::adapter).containsExactly("dms", "snapshot", "snapshot", "datasync");
        assertThat(means.get(0).values())
                .containsEntry("max-lag", "PT5S")
                .containsEntry("drained", "yes")
                .containsEntry("validated", "yes");
        assertThat(means.get(1).values())
                .containsEntry("not-older-than", "PT24H")
                .containsEntry("kind", "instance")
                .containsEntry("restored-as", "shop-test");
        assertThat(means.get(3).values()).containsEntry("verify", "yes");
    }

    @Test
    void the_policy_names_what_reads_and_carries_data_and_each_resource() throws IOException {
        String policy = Permissions.of(withData());
        assertThat(policy)
                .contains(
                        "\"dms:DescribeTableStatistics\"",
                        "\"dms:DescribeReplicationTasks\"",
                        "\"dms:DescribeReplicationInstances\"",
                        "arn:aws:dms:eu-central-1:123456789012:task:ABC",
                        "arn:aws:rds:eu-central-1:*:db:shop\"",
                        "arn:aws:rds:eu-central-1:*:db:shop-test\"",
                        "\"rds:DescribeDBSnapshots\"",
                        "\"rds:DescribeDBClusterSnapshots\"",
                        "\"rds:DescribeDBInstances\"",
                        "\"datasync:StartTaskExecution\"",
                        "arn:aws:datasync:eu-central-1:123456789012:task/task-1/execution/*")
                .doesNotContain("StopReplicationTask", "StartReplicationTask", "Switchover", "rds:Restore", ":Cancel");
    }

    @Test
    void the_policy_to_switch_data_over_names_both_ways_or_the_only_one() {
        Settings dms =
                Settings.of("dms", "task", "arn:aws:dms:eu-central-1:123456789012:task:ABC", "region", "eu-central-1");
        Settings deployment = Settings.of("blue-green", "deployment", "bgd-1", "region", "eu-central-1");
        assertThat(Permissions.ofSwitch(dms))
                .contains(
                        "\"dms:StopReplicationTask\"", "\"dms:StartReplicationTask\"", "\"cloudwatch:GetMetricData\"");
        assertThat(Permissions.ofSwitch(deployment))
                .contains(
                        "arn:aws:rds:eu-central-1:*:deployment:bgd-1",
                        "\"rds:SwitchoverBlueGreenDeployment\"",
                        "\"rds:PromoteReadReplica\"")
                .doesNotContain("rds:Delete", "rds:Create");
    }

    @Test
    void a_time_that_aws_would_not_take_for_a_switch_is_told_before_aws_is_asked() throws IOException {
        for (String wrong : List.of("20s", "2h", "61m")) {
            Path file = changed(
                    "  review:\n",
                    "  review:\n    - sync: { blue-green: { deployment: bgd-1, region: eu-central-1, at-most: " + wrong
                            + " } }\n");
            assertThat(PlanFile.read(file, List.of()).told().toString()).contains("at-most");
        }
    }

    @Test
    void a_blue_green_deployment_is_switched_over_behind_the_point_of_no_return_and_nowhere_else() throws IOException {
        String step = "    - sync: { blue-green: { deployment: bgd-1, region: eu-central-1 } }\n";
        CutoverPlan plan = plan(changed("  review:\n", "  review:\n" + step));
        assertThat(Rehearsal.rehearse(plan, 7).status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(Rehearsal.rehearseEveryStep(plan, 7))
                .allSatisfy(line -> assertThat(line.good()).as(line.toString()).isTrue())
                .filteredOn(line -> line.act().equals("sync/switch"))
                .singleElement()
                .satisfies(line -> assertThat(line.status()).isEqualTo(RunStatus.HOLDING));
        assertThat(PlanFile.read(changed("  bake:\n", "  bake:\n" + step), List.of())
                        .told())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains("it belongs into: review"));
    }

    private static final String GROUP =
            "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop-source/73e2d6bc24d8a067";

    @Test
    void a_check_may_ask_for_the_targets_of_a_group_and_its_share_is_a_percentage() throws IOException {
        String smoke = "  smoke:\n";
        String healthy =
                smoke + "    - check: { healthy: { target-group: '" + GROUP + "', region: eu-central-1, at-least: ";
        Settings means = plan(changed(smoke, healthy + "'50.5%' } }\n"))
                .steps()
                .flatMap(step -> step.action() instanceof Action.Probe probe ? Stream.of(probe.means()) : Stream.of())
                .findFirst()
                .orElseThrow();
        assertThat(means.adapter()).isEqualTo("healthy");
        assertThat(means.values()).containsEntry("at-least", "50.5%").containsEntry("target-group", GROUP);
        assertThat(PlanFile.read(changed(smoke, healthy + "half } }\n"), List.of())
                        .told()
                        .toString())
                .contains("a percentage");
        String drained = smoke + "    - check: { drained: { target-group: '" + GROUP + "', region: eu-central-1 } }\n";
        assertThat(Permissions.of(plan(changed(smoke, drained)))).contains("elasticloadbalancing:DescribeTargetHealth");
    }

    @Test
    void a_floor_under_the_source_is_a_step_and_the_policy_lets_it_be_set() throws IOException {
        String steps = "  configure:\n"
                + "    - configure: { auto-scaling: { group: shop-source, region: eu-central-1 }, side: source,"
                + " set: { least: 4 } }\n"
                + "    - configure: { ecs: { cluster: shop, service: web, region: eu-central-1 }, side: source,"
                + " set: { least: 2 } }\n";
        CutoverPlan plan = plan(changed("  configure:\n", steps));
        assertThat(plan.steps())
                .anySatisfy(step -> assertThat(step.action())
                        .isInstanceOfSatisfying(Action.Configure.class, configure -> {
                            assertThat(configure.name()).isEqualTo("shop-source");
                            assertThat(configure.set()).containsExactly(Map.entry("least", "4"));
                        }));
        assertThat(Permissions.of(plan))
                .contains(
                        "autoscaling:UpdateAutoScalingGroup",
                        "application-autoscaling:RegisterScalableTarget",
                        "application-autoscaling:DescribeScalableTargets",
                        "ecs:DescribeServices")
                .doesNotContain("ecs:UpdateService");
        assertThat(PlanFile.read(changed("  configure:\n", steps.replace("least: 4", "lest: 4")), List.of())
                        .told()
                        .toString())
                .contains("lest", "least");
    }

    @Test
    void a_reminder_of_the_decommission_is_a_step_and_the_policy_lets_its_role_be_passed_on() throws IOException {
        String topic = "arn:aws:sns:eu-central-1:123456789012:shop-migration";
        String role = "arn:aws:iam::123456789012:role/shop-reminder";
        String step = "  configure:\n    - configure: { schedule: { name: shop-reminder, region: eu-central-1, topic: '"
                + topic + "', role: '" + role + "' }, side: target, set: { at: 2099-11-28T22:00:00Z } }\n";
        CutoverPlan plan = plan(changed("  configure:\n", step));
        assertThat(plan.steps())
                .filteredOn(each -> each.action() instanceof Action.Configure)
                .first()
                .satisfies(each -> assertThat(((Action.Configure) each.action()).set())
                        .containsEntry("at", "2099-11-28T22:00:00Z"));
        assertThat(Permissions.of(plan))
                .contains(
                        "\"Action\":[\"iam:PassRole\"],\"Resource\":[\"" + role + "\"]",
                        "\"scheduler:CreateSchedule\",\"scheduler:DeleteSchedule\"",
                        "arn:aws:scheduler:eu-central-1:*:schedule/default/shop-reminder");
        assertThat(Rehearsal.rehearse(plan, 7).status()).isEqualTo(RunStatus.COMPLETED);
    }

    private static final String CHECK =
            "{ health-check: { name: shop-target, address: 203.0.113.2, host: shop.example.test,"
                    + " path: /health, region: eu-central-1 }, side: target, set: { exists: yes } }";

    private Path withHealthCheck(String configure, String named) throws IOException {
        String waits = "    - check: { health-check: { name: shop-target, region: eu-central-1 }, time-out: 5m }\n";
        String text = Files.readString(changed("  configure:\n", "  configure:\n    - configure: " + configure + "\n"))
                .replace("  smoke:\n", "  smoke:\n" + waits)
                .replace("target: { a: 127.0.0.3 }", "target: { a: 127.0.0.3, health-check: " + named + " }");
        return Files.writeString(folder.resolve("plan.yaml"), text);
    }

    @Test
    void a_health_check_is_made_awaited_carried_and_taken_away_again_whatever_fails() throws IOException {
        CutoverPlan plan = plan(withHealthCheck(CHECK, "shop-target"));
        assertThat(plan.entrance("name").attaches()).isTrue();
        assertThat(plan.steps())
                .filteredOn(step -> step.action() instanceof Action.Configure)
                .first()
                .satisfies(step -> assertThat(
                                ((Action.Configure) step.action()).means().values())
                        .containsEntry("protocol", "https")
                        .containsEntry("port", "443")
                        .containsEntry("interval", "30s")
                        .containsEntry("failures", "3")
                        .containsEntry("sni", "yes"));
        assertThat(Rehearsal.rehearse(plan, 7).status()).isEqualTo(RunStatus.COMPLETED);
        List<Rehearsal.Line> lines = Rehearsal.rehearseEveryStep(plan, 7);
        assertThat(lines)
                .allSatisfy(line -> assertThat(line.good()).as(line.toString()).isTrue())
                .anySatisfy(line -> assertThat(line.act()).isEqualTo("shift/attach name"))
                .anySatisfy(line -> assertThat(line.act()).isEqualTo("configure/set shop-target"))
                .filteredOn(line -> line.status() == RunStatus.ROLLED_BACK)
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(line.restored()).as(line.toString()).isTrue());
        assertThat(Permissions.of(plan))
                .contains(
                        "\"route53:CreateHealthCheck\"",
                        "\"route53:ListHealthChecks\"",
                        "\"Action\":[\"route53:DeleteHealthCheck\",\"route53:GetHealthCheckStatus\"],\"Resource\":"
                                + "[\"arn:aws:route53:::healthcheck/*\"]");
        assertThat(Permissions.of(example())).doesNotContain("HealthCheck");
    }

    @Test
    void a_health_check_that_nobody_makes_is_told_with_the_one_that_may_be_meant() throws IOException {
        assertThat(PlanFile.read(withHealthCheck(CHECK, "shop-tagret"), List.of())
                        .told()
                        .toString())
                .contains("entrances.name.target.health-check", "did you mean 'shop-target'?");
        assertThat(PlanFile.read(
                                changed(
                                        "target: { a: 127.0.0.3 }",
                                        "target: { a: 127.0.0.3, health-check: shop-target }"),
                                List.of())
                        .told()
                        .toString())
                .contains("no step before the shift that makes the health check 'shop-target'");
    }

    @Test
    void a_field_that_a_configuration_of_aws_does_not_have_is_told_before_the_run() throws IOException {
        for (String wrong : List.of("exist: yes", "exists: yes, port: 80")) {
            String step = CHECK.replace("exists: yes", wrong);
            assertThat(PlanFile.read(withHealthCheck(step, "shop-target"), List.of())
                            .told()
                            .toString())
                    .as(wrong)
                    .contains("'health-check' has no field");
        }
        assertThat(PlanFile.read(changed("set: { value: live }", "set: { valeu: live }"), List.of())
                        .told()
                        .toString())
                .contains("'parameter' has no field 'valeu'", "did you mean 'value'?");
    }

    @Test
    void a_configuration_of_aws_inside_a_freeze_is_told_for_nothing_would_end_it_at_the_deadline() throws IOException {
        String shop = Files.readString(Path.of("../examples/shop/plan.yaml"));
        String parameter = "    - configure: { parameter: { name: /shop/mode, region: eu-central-1 }, side: target,"
                + " set: { value: live } }\n";
        for (String step : List.of(parameter, "    - configure: " + CHECK + "\n")) {
            Path file = Files.writeString(
                    folder.resolve("shop.yaml"), shop.replace("\n  configure:\n", "\n  configure:\n" + step));
            assertThat(PlanFile.read(file, List.of()).told().toString())
                    .contains("phases.configure[0]: inside the freeze a configuration is as before by itself");
        }
    }

    @Test
    void everything_that_route_53_would_not_take_of_a_health_check_is_told_at_once() throws IOException {
        String wrong = "{ health-check: { name: shop-target, protocol: tcp, path: /health, sni: yes, interval: 20s,"
                + " failures: 11, region: eu-central-1 }, side: target, set: { exist: yes } }";
        assertThat(PlanFile.read(withHealthCheck(wrong, "shop-target"), List.of())
                        .told()
                        .toString())
                .contains(
                        "one of: 10s, 30s",
                        "a whole number from 1 to 10",
                        "add 'address', 'host' or both",
                        "tcp has no port of its own",
                        "tcp asks for no path",
                        "tcp has no TLS",
                        "did you mean 'exists'?");
        for (Map.Entry<String, String> each : Map.of(
                        "address: 10.0.0.2, host: a.test", "is not reached from outside",
                        "address: fd00--1, host: a.test", "a public IP address",
                        "address: '::1'", "is not reached from outside",
                        "address: 203.0.113.2, sni: yes", "there is no name to tell",
                        "host: a.test, path: health", "a path that begins with /",
                        "host: a.test, protocol: htps", "did you mean 'https'?",
                        "host: a.test, intervall: 10s", "did you mean 'interval'?")
                .entrySet()) {
            String step = "{ health-check: { name: shop-target, " + each.getKey()
                    + ", region: eu-central-1 }, side: target, set: { exists: yes } }";
            assertThat(PlanFile.read(withHealthCheck(step, "shop-target"), List.of())
                            .told()
                            .toString())
                    .as(each.getKey())
                    .contains(each.getValue());
        }
    }

    /** A plan that removes the group of the run before, out of the places that still name it. */
    private CutoverPlan decommission(String outOf) throws IOException {
        String means = "{ target-group: { arn: '" + GROUP + "', region: eu-central-1" + outOf + " } }";
        return plan(Files.writeString(folder.resolve("decommission.yaml"), """
                bascule: 1
                name: shop
                title: Remove the old shop
                shape: decommission
                follows: shop-1
                window: { opens: at start, lasts: 6h, margin: 20m, at-turnaround: roll back }
                people:
                  ana: { name: Ana Example, roles: [lead] }
                  ben: { name: Ben Example, roles: [dba, approver] }
                environments:
                  source: { app: { http: "http://source.example:8080", health: /health } }
                  target: { app: { http: "http://target.example:8080", health: /health } }
                phases:
                  preflight:
                    - check: { http: target, path: /health, expect: 200 }
                  go: { gate: { ask: [lead, approver], need: 2, requester-alone: false } }
                  decommission:
                    - decommission: %s
                  review:
                    - check: { http: target, path: /health, expect: 200 }
                tell:
                  channels: { log: { file: messages/ } }
                  audiences: { team: [ana, ben] }
                """.formatted(means)));
    }

    @Test
    void a_group_is_taken_out_only_of_the_places_that_the_plan_names_and_the_policy_allows_no_other()
            throws IOException {
        String listener = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/50dc/f2f7";
        String rule = listener.replace(":listener/", ":listener-rule/") + "/9683";
        String policy = Permissions.of(decommission(", out-of: '" + rule + ", " + listener + "'"));
        assertThat(policy)
                .contains("\"Action\":[\"elasticloadbalancing:ModifyRule\"],\"Resource\":[\"" + rule + "\"]")
                .contains("\"Action\":[\"elasticloadbalancing:ModifyListener\"],\"Resource\":[\"" + listener + "\"]")
                .contains("DeleteTargetGroup");
        assertThat(Permissions.of(decommission(""))).doesNotContain("Modify");
    }

    @Test
    void a_plan_without_aws_needs_nothing_there() {
        assertThat(Permissions.of(plan(Path.of("../examples/shop/plan.yaml")))).isEmpty();
    }

    @Test
    void finding_the_provider_loads_nothing_of_the_sdk() throws ClassNotFoundException {
        Class<?> provider =
                Class.forName("io.bascule.aws.AwsProvider", true, new Without(AwsProvider.class.getClassLoader()));
        assertThat(provider.getDeclaredMethods()).isNotEmpty();
        assertThat(new AwsProvider().adapters()).contains("elb", "route-53");
    }

    /** A class loader that defines the provider itself and knows no SDK. */
    private static final class Without extends ClassLoader {
        Without(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("software.amazon.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.equals("io.bascule.aws.AwsProvider")) {
                return super.loadClass(name, resolve);
            }
            try (var in = getResourceAsStream("io/bascule/aws/AwsProvider.class")) {
                byte[] bytes = in == null ? new byte[0] : in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
