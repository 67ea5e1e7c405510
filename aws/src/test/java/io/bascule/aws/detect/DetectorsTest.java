package io.bascule.aws.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.name.NameRouter;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Detection;
import io.bascule.core.port.Verdict;
import io.bascule.planfile.Decoded;
import io.bascule.planfile.PlanFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.sesv2.model.GetAccountResponse;

/** What is found before GO in an account like the example's: everything listed passes, each thing more fails or is unknown. */
class DetectorsTest {
    private static final Path EXAMPLE = Path.of("../examples/aws/plan.yaml");
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String ELB = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:";
    private static final String BALANCER = ELB + "loadbalancer/app/shop/50dc6c495c0c9188";
    private static final String LISTENER = ELB + "listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2";
    private static final String RULE = ELB + "listener-rule/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2/1";
    private static final String SOURCE = ELB + "targetgroup/shop-source/73e2d6bc24d8a067";
    private static final String TARGET = ELB + "targetgroup/shop-target/9a4c1e5d8b7f6a30";
    private static final String ZONE = "Z0123456789EXAMPLE";

    @TempDir
    Path folder;

    private final FakeAccount account = new FakeAccount();
    private String excuse = "";
    private String steps = "";

    @BeforeEach
    void everythingIsListed() {
        account.balancersOf.put(SOURCE, List.of(BALANCER));
        account.listeners.put(
                BALANCER, List.of(listener(LISTENER, ELB + "targetgroup/other/1"), listener(LISTENER + "2", "none")));
        account.rules.put(LISTENER, List.of(rule(RULE, "shop.example.test", SOURCE)));
        account.targets.put(
                SOURCE,
                Map.of("127.0.0.2", TargetHealthStateEnum.HEALTHY, "127.0.0.22", TargetHealthStateEnum.HEALTHY));
        account.targets.put(
                TARGET,
                Map.of("127.0.0.3", TargetHealthStateEnum.HEALTHY, "127.0.0.33", TargetHealthStateEnum.HEALTHY));
        account.limits.put(Room.PER_BALANCER, "1000");
        account.healthyHosts.addAll(List.of(1.0, 2.0, 1.0));
        account.zones.add(FakeAccount.zone(ZONE, "example.test.", false));
        account.records.put(
                ZONE,
                List.of(
                        FakeAccount.record("shop.example.test.", RRType.A, "127.0.0.2"),
                        FakeAccount.record("other.example.test.", RRType.A, "127.0.0.9")));
        account.identities.put("example.test", true);
    }

    private static Listener listener(String arn, String group) {
        return Listener.builder()
                .listenerArn(arn)
                .defaultActions(forward(group))
                .build();
    }

    private static Rule rule(String arn, String host, String group) {
        return Rule.builder()
                .ruleArn(arn)
                .isDefault(false)
                .conditions(RuleCondition.builder()
                        .field("host-header")
                        .values(host)
                        .build())
                .actions(forward(group))
                .build();
    }

    private static Action forward(String group) {
        return Action.builder()
                .type(ActionTypeEnum.FORWARD)
                .targetGroupArn(group)
                .build();
    }

    private static MetricAlarm alarm(String name, String group, StateValue state) {
        return MetricAlarm.builder()
                .alarmName(name)
                .namespace("AWS/ApplicationELB")
                .metricName("HTTPCode_Target_5XX_Count")
                .statistic(Statistic.SUM)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .dimensions(
                        Dimension.builder()
                                .name("LoadBalancer")
                                .value("app/shop/50dc6c495c0c9188")
                                .build(),
                        Dimension.builder().name("TargetGroup").value(group).build())
                .stateValue(state)
                .build();
    }

    private CutoverPlan plan() {
        try {
            Path file = folder.resolve("plan.yaml");
            String text = Files.readString(EXAMPLE);
            Files.writeString(
                    file,
                    text.replace("    min-healthy: 2\n", "    min-healthy: 2\n" + excuse)
                            .replace("  configure:\n", "  configure:\n" + steps));
            return switch (PlanFile.read(file, List.of())) {
                case Decoded.Good good -> good.plan();
                case Decoded bad -> throw new AssertionError(bad.told());
            };
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Detection detected(String name) {
        Clients clients = account.clients();
        Calls calls = new Calls(InstantSource.fixed(NOW));
        return new Detectors(plan(), clients, calls, entrance -> NameRouter.of(entrance, clients, calls))
                .detect(Deadline.after(NOW, Duration.ofSeconds(30))).stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    private void passes(String name) {
        assertThat(detected(name).finding().verdict()).isInstanceOf(Verdict.Pass.class);
    }

    private void fails(String name, String... why) {
        Verdict verdict = detected(name).finding().verdict();
        assertThat(verdict).isInstanceOf(Verdict.Fail.class);
        assertThat(verdict.reason()).contains(why);
    }

    private void isUnknown(String name, String... why) {
        Verdict verdict = detected(name).finding().verdict();
        assertThat(verdict).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(verdict.reason()).contains(why);
    }

    @Test
    void where_every_reference_is_an_entrance_of_the_plan_all_pass() {
        for (String name : List.of(
                "references balancer",
                "references name",
                "reverters balancer",
                "reverters name",
                "capacity balancer",
                "capacity name",
                "alarms balancer",
                "alarms name",
                "sender mail")) {
            passes(name);
        }
        assertThat(detected("references balancer").finding().facts().get("seen"))
                .contains("listener f2f7dc8efc522ab2", "1 rules", "2 records of example.test.");
    }

    @Test
    void nothing_is_asked_twice_in_one_look_whoever_needs_it() {
        passes("references balancer");
        assertThat(account.asked)
                .anyMatch(each -> each.startsWith("DescribeAlarms"))
                .anyMatch(each -> each.startsWith("ListResourceRecordSets"))
                .doesNotHaveDuplicates();
        int once = account.asked.size();
        passes("references balancer");
        assertThat(account.asked).as("the next look reads anew").hasSize(2 * once);
    }

    @Test
    void a_rule_that_the_plan_does_not_name_is_found_on_whatever_page_it_is() {
        account.rules.put(
                LISTENER + "2",
                List.of(rule(RULE + "0", "a.example.test", TARGET), rule(RULE + "9", "old.example.test", SOURCE)));
        fails("references balancer", RULE + "9");
    }

    @Test
    void a_weight_of_0_is_a_reference_too() {
        Action none = Action.builder()
                .type(ActionTypeEnum.FORWARD)
                .forwardConfig(config -> config.targetGroups(TargetGroupTuple.builder()
                        .targetGroupArn(SOURCE)
                        .weight(0)
                        .build()))
                .build();
        account.rules.put(
                LISTENER + "2",
                List.of(rule(RULE + "9", "a.example.test", TARGET).toBuilder()
                        .actions(none)
                        .build()));
        fails("references balancer", RULE + "9");
    }

    @Test
    void a_listener_of_another_load_balancer_is_found_by_what_aws_says_routes_to_the_group() {
        account.balancersOf.put(SOURCE, List.of(BALANCER, BALANCER + "b"));
        account.listeners.put(BALANCER + "b", List.of(listener(LISTENER + "b", SOURCE)));
        fails("references balancer", LISTENER + "b", "default actions");
    }

    @Test
    void what_is_excused_passes_with_its_reason_and_nothing_else_does() {
        account.rules.put(LISTENER + "2", List.of(rule(RULE + "9", "old.example.test", SOURCE)));
        excuse = "    excuse: { '" + RULE + "9': moves next week }\n";
        passes("references balancer");
        assertThat(detected("references balancer").finding().facts())
                .containsEntry("excused " + RULE + "9", "moves next week");
        account.rules.put(
                LISTENER + "2",
                List.of(rule(RULE + "8", "b.example.test", SOURCE), rule(RULE + "9", "old.example.test", SOURCE)));
        fails("references balancer", RULE + "8");
    }

    @Test
    void an_address_of_the_source_in_a_private_zone_is_found_for_both_kinds_of_entrance() {
        account.zones.add(FakeAccount.zone("ZPRIVATE", "inside.test.", true));
        account.records.put("ZPRIVATE", List.of(FakeAccount.record("shop.inside.test.", RRType.A, "127.0.0.2")));
        fails("references balancer", "ZPRIVATE/shop.inside.test./A");
        fails("references name", "ZPRIVATE/shop.inside.test./A");
    }

    @Test
    void an_alias_to_the_sources_load_balancer_is_found_in_either_form_of_its_name() {
        account.records.put(ZONE, List.of(alias("shop.example.test.", "lb-1.eu-central-1.elb.amazonaws.com.")));
        account.zones.add(FakeAccount.zone("ZTWO", "two.test.", false));
        account.records.put("ZTWO", List.of(alias("www.two.test.", "dualstack.LB-1.eu-central-1.elb.amazonaws.com.")));
        fails("references name", "ZTWO/www.two.test./A");
    }

    private static software.amazon.awssdk.services.route53.model.ResourceRecordSet alias(String name, String to) {
        return software.amazon.awssdk.services.route53.model.ResourceRecordSet.builder()
                .name(name)
                .type(RRType.A)
                .aliasTarget(alias -> alias.dnsName(to).hostedZoneId("Z215JYRZR1TBD5"))
                .build();
    }

    @Test
    void what_may_not_be_read_is_unknown_by_name_and_never_a_pass() {
        account.denied.add("DescribeRules");
        isUnknown("references balancer", "rules of " + LISTENER, "you may not DescribeRules");
        account.denied.add("ListHostedZones");
        isUnknown("references name", "hosted zones");
        account.denied.add("DescribeAlarms");
        isUnknown("alarms balancer", "alarms");
        account.denied.add("LookupEvents");
        isUnknown("reverters balancer", "the last writer of the rule or listener");
        account.denied.add("GetMetricData");
        isUnknown("capacity balancer", "the source's peak");
        account.denied.add("GetAccount");
        isUnknown("sender mail", "sandbox and quota");
    }

    @Test
    void a_zone_that_may_not_be_read_hides_no_other_finding() {
        account.zones.add(FakeAccount.zone("ZPRIVATE", "inside.test.", true));
        account.zones.add(FakeAccount.zone("ZDENIED", "denied.test.", false));
        account.records.put("ZPRIVATE", List.of(FakeAccount.record("shop.inside.test.", RRType.A, "127.0.0.2")));
        account.denied.add("ListResourceRecordSets ZDENIED");
        fails("references name", "ZPRIVATE/shop.inside.test./A", "unknown: records of denied.test.");
    }

    @Test
    void tags_of_tools_that_keep_things_are_found_on_the_load_balancer_and_the_zone() {
        account.tags.put(BALANCER, Map.of("elbv2.k8s.aws/cluster", "shop", "team", "web"));
        account.tags.put(ZONE, Map.of("ManagedBy", "Terraform 1.9"));
        fails("reverters balancer", "the AWS load balancer controller of Kubernetes", "elbv2.k8s.aws/cluster=shop");
        fails("reverters name", "the zone is kept by Terraform");
    }

    @Test
    void an_ownership_record_of_external_dns_is_found_with_its_prefix() {
        account.records.put(
                ZONE,
                List.of(
                        FakeAccount.record("shop.example.test.", RRType.A, "127.0.0.2"),
                        FakeAccount.record(
                                "a-shop.example.test.",
                                RRType.TXT,
                                "\"heritage=external-dns,external-dns/owner=main,external-dns/resource=ingress/web/shop\"")));
        fails("reverters name", "external-dns for ingress/web/shop", "a-shop.example.test.");
    }

    @Test
    void the_last_writer_is_told_and_a_tool_is_found_behind_a_later_reader() {
        account.events.add(FakeAccount.event("ana", "aws-cli/2", true, NOW));
        account.events.add(FakeAccount.event("run", "aws-sdk-java/2.40.2 bascule run/1", false, NOW));
        account.events.add(FakeAccount.event("ben", "console.amazonaws.com", false, NOW.minusSeconds(60)));
        passes("reverters balancer");
        assertThat(detected("reverters balancer").finding().facts().get("seen")).contains("last written by ben");
        account.events.add(2, FakeAccount.event("ci", "APN/1.0 HashiCorp/1.0 Terraform/1.9", false, NOW));
        fails("reverters balancer", "last written by ci", "Terraform", "writer ci");
    }

    @Test
    void a_source_that_may_shrink_when_its_users_have_left_is_found_until_the_plan_keeps_it() {
        account.scaling.add(AutoScalingGroup.builder()
                .autoScalingGroupName("shop-source")
                .targetGroupARNs(SOURCE)
                .minSize(1)
                .desiredCapacity(2)
                .maxSize(4)
                .build());
        fails("capacity balancer", "shop-source may shrink from 2 to 1", "'floor'");
        steps = "    - configure: { auto-scaling: { group: shop-source, region: eu-central-1 }, side: source,"
                + " set: { least: 2 } }\n";
        passes("capacity balancer");
        steps = "";
        excuse = "    excuse: { floor: its policies are suspended for the window }\n";
        passes("capacity balancer");
        account.scaling.set(0, account.scaling.getFirst().toBuilder().minSize(2).build());
        excuse = "";
        passes("capacity balancer");
    }

    @Test
    void a_target_that_cannot_grow_to_the_sources_peak_is_found() {
        account.healthyHosts.add(5.0);
        fails("capacity balancer", "2 healthy targets and no Auto Scaling group", "peak was 5");
        account.scaling.add(AutoScalingGroup.builder()
                .targetGroupARNs("another")
                .maxSize(50)
                .build());
        account.scaling.add(
                AutoScalingGroup.builder().targetGroupARNs(TARGET).maxSize(4).build());
        fails("capacity balancer", "may grow to 4");
        account.scaling.add(
                AutoScalingGroup.builder().targetGroupARNs(TARGET).maxSize(1).build());
        passes("capacity balancer");
    }

    @Test
    void without_data_the_peak_is_unknown_and_a_small_quota_is_found() {
        account.limits.put(Room.PER_BALANCER, "3");
        fails("capacity balancer", "may have 3 targets, and both sides at peak are 4");
        account.healthyHosts.clear();
        isUnknown("capacity balancer", "no HealthyHostCount");
    }

    @Test
    void an_alarm_of_the_source_needs_a_twin_with_data() {
        account.alarms.add(alarm("errors-old", "targetgroup/shop-source/73e2d6bc24d8a067", StateValue.OK));
        account.alarms.add(alarm("errors-else", "targetgroup/else/1", StateValue.OK));
        fails("alarms balancer", "errors-old has no twin");
        account.alarms.add(
                alarm("errors-new", "targetgroup/shop-target/9a4c1e5d8b7f6a30", StateValue.INSUFFICIENT_DATA));
        isUnknown("alarms balancer", "errors-new", "INSUFFICIENT_DATA");
        account.alarms.removeLast();
        account.alarms.add(alarm("errors-new", "targetgroup/shop-target/9a4c1e5d8b7f6a30", StateValue.ALARM));
        fails("alarms balancer", "errors-new is in ALARM");
        account.alarms.removeLast();
        account.alarms.add(alarm("errors-new", "targetgroup/shop-target/9a4c1e5d8b7f6a30", StateValue.OK));
        passes("alarms balancer");
    }

    @Test
    void a_sender_in_the_sandbox_out_of_quota_or_unverified_is_found() {
        account.mail = GetAccountResponse.builder()
                .productionAccessEnabled(false)
                .sendingEnabled(true)
                .sendQuota(quota -> quota.max24HourSend(200.0).sentLast24Hours(150.0))
                .build();
        account.identities.put("example.test", false);
        fails("sender mail", "sandbox", "50 mails are left", "is not verified");
        account.identities.clear();
        fails("sender mail", "SES knows neither");
    }
}
