package io.bascule.aws.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Peers;
import io.bascule.aws.name.NameRouter;
import io.bascule.aws.traffic.TestListener;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Detection;
import io.bascule.planfile.Decoded;
import io.bascule.planfile.PlanFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * The detectors' calls as both servers answer them: load balancers and mail at moto, names at ministack; alarms at moto,
 * for ministack tells the SDK for Java no dimensions.
 */
@Tag("server")
class DetectorsServerTest {
    @TempDir
    Path folder;

    private Clients clients = new Clients("");
    private final TestListener listener = new TestListener();
    private final String zoneName = Peers.fresh("zone") + ".example.test";
    private final String zone = zone();

    private String zone() {
        return clients.route53(Peers.REGION)
                .createHostedZone(create -> create.name(zoneName).callerReference(zoneName))
                .hostedZone()
                .id()
                .replace("/hostedzone/", "");
    }

    private CutoverPlan plan(String excuse) throws IOException {
        String text = Files.readString(Path.of("../examples/aws/plan.yaml"))
                .replaceAll("listener: arn:\\S+", "listener: " + listener.listener)
                .replaceAll("source: arn:\\S+", "source: " + listener.source)
                .replaceAll("target: arn:\\S+", "target: " + listener.target)
                .replace("host=shop.example.test", "host=shop.example.com")
                .replaceAll("zone: Z\\S+", "zone: " + zone)
                .replace("record: shop.example.test", "record: shop." + zoneName)
                .replace("    min-healthy: 2\n", "    min-healthy: 2\n" + excuse);
        Path file = Files.writeString(folder.resolve("plan.yaml"), text);
        return switch (PlanFile.read(file, List.of())) {
            case Decoded.Good good -> good.plan();
            case Decoded bad -> throw new AssertionError(bad.told());
        };
    }

    private Map<String, String> detected(String excuse) throws IOException {
        Map<String, String> found = new TreeMap<>();
        for (Detection each : new Detectors(
                        plan(excuse), clients, Peers.calls(), e -> NameRouter.of(e, clients, Peers.calls()))
                .detect(Deadline.after(Instant.now(), Duration.ofMinutes(2)))) {
            found.put(each.name(), each.words());
        }
        return found;
    }

    @SuppressWarnings("unchecked") // the SDK takes its builders as varargs
    private void record(String name, RRType type, String value) {
        var _ = clients.route53(Peers.REGION)
                .changeResourceRecordSets(batch -> batch.hostedZoneId(zone)
                        .changeBatch(b -> b.changes(Change.builder()
                                .action(ChangeAction.CREATE)
                                .resourceRecordSet(ResourceRecordSet.builder()
                                        .name(name + "." + zoneName)
                                        .type(type)
                                        .ttl(60L)
                                        .resourceRecords(ResourceRecord.builder()
                                                .value(value)
                                                .build())
                                        .build())
                                .build())));
    }

    @Test
    void what_leads_to_the_source_beside_the_plan_is_found_until_it_is_excused() throws IOException {
        String address = "10.77.0." + (1 + ProcessHandle.current().pid() % 250);
        listener.register(listener.source, address);
        record("shop", RRType.A, address);
        String found = detected("").get("references balancer");
        assertThat(found).startsWith("FAIL: the default actions of a listener").contains(listener.listener);
        String excuse = "    excuse: { '" + listener.listener + "': nobody comes by it }\n";
        assertThat(detected(excuse).get("references balancer"))
                .startsWith("PASS: ")
                .contains("1 excused");
        record("www", RRType.A, address);
        assertThat(detected(excuse).get("references balancer"))
                .startsWith("FAIL: a record leads to it")
                .contains(zone + "/www." + zoneName + "./A");
        assertThat(detected(excuse).get("references name")).startsWith("FAIL: a record leads to it");
    }

    @Test
    void tags_and_ownership_records_are_found_and_what_a_server_does_not_have_is_unknown() throws IOException {
        var _ = listener.elb()
                .addTags(add -> add.resourceArns(listener.loadBalancer)
                        .tags(software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag.builder()
                                .key("ingress.k8s.aws/stack")
                                .value("shop")
                                .build()));
        record("shop", RRType.A, "10.78.0.1");
        record("a-shop", RRType.TXT, "\"heritage=external-dns,external-dns/owner=main\"");
        Map<String, String> found = detected("");
        assertThat(found.get("reverters balancer")).startsWith("FAIL: ").contains("ingress.k8s.aws/stack=shop");
        assertThat(found.get("reverters name")).startsWith("FAIL: ").contains("external-dns", "a-shop." + zoneName);
        assertThat(found.get("reverters shop/target/key")).startsWith("unknown: ");
        assertThat(found.get("sender mail")).contains("SES knows neither cutover@example.test nor its domain");
    }

    @Test
    void an_alarm_without_a_twin_is_found() throws IOException {
        clients = Clients.at(Peers.moto());
        String name = Peers.fresh("errors");
        alarm(name + "-old", listener.source);
        assertThat(detected("").get("alarms balancer")).startsWith("FAIL: ").contains(name + "-old has no twin");
        alarm(name + "-new", listener.target);
        assertThat(detected("").get("alarms balancer")).startsWith("PASS: looked at 1 of ");
    }

    private void alarm(String name, String group) {
        var _ = clients.cloudWatch(Peers.REGION)
                .putMetricAlarm(put -> put.alarmName(name)
                        .namespace("AWS/ApplicationELB")
                        .metricName("HTTPCode_Target_5XX_Count")
                        .statistic(Statistic.SUM)
                        .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                        .threshold(1.0)
                        .period(60)
                        .evaluationPeriods(1)
                        .dimensions(Dimension.builder()
                                .name("TargetGroup")
                                .value(group.replaceFirst("^.*:", ""))
                                .build()));
    }
}
