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
