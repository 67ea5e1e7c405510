package io.bascule.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.run.RunStatus;
import io.bascule.core.sim.Rehearsal;
import io.bascule.planfile.Decoded;
import io.bascule.planfile.PlanFile;
import io.bascule.planfile.keys.SettingsDecoder.Role;
import io.bascule.planfile.keys.SettingsDecoders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No means of AWS is there for which {@code check} has no place. */
class EveryMeansTest {
    private static final String AWS = "arn:aws:";
    private static final String HERE = ":eu-central-1:123456789012:";
    private static final String GROUP =
            AWS + "elasticloadbalancing" + HERE + "targetgroup/shop-source/73e2d6bc24d8a067";
    private static final String TASK = AWS + "dms" + HERE + "task:ABC";

    /** What is put before which line of the example. */
    private static final Map<String, String> EXAMPLE = Map.of(
            "  preflight:\n", """
                      - check: { snapshot: { of: shop, region: eu-central-1 } }
                      - sync: { datasync: { task: "%sdatasync%stask/task-1", region: eu-central-1 }, time-out: 1h }
                      - capacity: { side: target, auto-scaling: { group: shop-target, region: eu-central-1 }, amount: 4 }
                      - capacity: { side: target, ecs: { cluster: shop, service: jobs, region: eu-central-1 }, amount: 2 }
                """.formatted(AWS, HERE),
            "  smoke:\n", """
                    - configure: { alarm: { name: shop-errors, region: eu-central-1 }, side: target, set: { actions: 'off' } }
                    - configure: { schedule: { name: shop-reminder, region: eu-central-1, topic: "%ssns%sshop-migration", role: "arn:aws:iam::123456789012:role/shop" }, side: target, set: { at: 2099-11-28T22:00:00Z } }
                    - configure: { health-check: { name: shop-target, address: 203.0.113.2, path: /health, region: eu-central-1 }, side: target, set: { exists: yes } }
                    - configure: { auto-scaling: { group: shop-source, region: eu-central-1 }, side: source, set: { least: 4 } }
                    - configure: { ecs: { cluster: shop, service: web, region: eu-central-1 }, side: source, set: { least: 2 } }
                """.formatted(AWS, HERE),
            "  shift:\n", """
                    - check: { health-check: { name: shop-target, region: eu-central-1 }, time-out: 5m }
                    - check: { healthy: { target-group: "%s", region: eu-central-1 } }
                """.formatted(GROUP),
            "  commit:", """
                    - check: { drained: { target-group: "%s", region: eu-central-1 } }
                """.formatted(GROUP),
            "tell:\n", """
                    - sync: { blue-green: { deployment: bgd-1, region: eu-central-1 } }

                """,
            "  audiences:", """
                    charts: { dashboard: { name: shop-migration, region: eu-central-1 } }
                """);

    private static final Map<String, String> SHOP = Map.of("    - sync: { dataset: orders }\n", """
                - check: { dms: { task: "%1$s", region: eu-central-1, drained: yes }, time-out: 4m }
                - sync: { dms: { task: "%1$s", region: eu-central-1 } }
            """.formatted(TASK));

    @TempDir
    Path folder;

    private CutoverPlan plan(String name, String text) throws IOException {
        return switch (PlanFile.read(Files.writeString(folder.resolve(name), text), List.of())) {
            case Decoded.Good good -> good.plan();
            case Decoded bad -> throw new AssertionError(bad.told());
        };
    }

    private static String with(String example, Map<String, String> before) throws IOException {
        String text = Files.readString(Path.of("../examples", example, "plan.yaml"));
        for (Map.Entry<String, String> each : before.entrySet()) {
            assertThat(text).containsOnlyOnce(each.getKey());
            text = text.replace(each.getKey(), each.getValue() + each.getKey());
        }
        return text;
    }

    @Test
    void every_means_stands_in_a_good_plan_that_ends_as_it_should() throws IOException {
        CutoverPlan example = plan("example.yaml", with("aws", EXAMPLE));
        Path checks = Files.createDirectories(folder.resolve("checks"));
        Files.copy(Path.of("../examples/shop/checks/smoke.sh"), checks.resolve("smoke.sh"));
        CutoverPlan shop = plan(
                "shop.yaml", with("shop", SHOP).replace("at-most: 20s, expected: 5s", "at-most: 10m, expected: 3m"));
        CutoverPlan last = plan("last.yaml", """
                bascule: 1
                name: shop
                title: Remove the old shop
                shape: decommission
                follows: shop-1
                window: { opens: at start, lasts: 6h, margin: 20m, at-turnaround: roll back }
                people: { ana: { name: Ana Example, roles: [lead] }, ben: { name: Ben Example, roles: [approver] } }
                environments:
                  source: { app: { http: "http://source.example:8080", health: /health } }
                  target: { app: { http: "http://target.example:8080", health: /health } }
                phases:
                  go: { gate: { ask: [lead, approver], need: 2, requester-alone: false } }
                  decommission:
                    - decommission: { target-group: { arn: "%s", region: eu-central-1 } }
                tell: { channels: { log: { file: messages/ } }, audiences: { team: [ana, ben] } }
                """.formatted(GROUP));
        Set<String> used = Stream.of(example, shop, last)
                .flatMap(EveryMeansTest::used)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(used).containsAll(known());
        assertThat(List.of(example, shop))
                .allSatisfy(
                        plan -> assertThat(Rehearsal.rehearse(plan, 7).status()).isEqualTo(RunStatus.COMPLETED));
    }

    private static Set<String> known() {
        return Arrays.stream(Role.values())
                .flatMap(role -> SettingsDecoders.all(role).values().stream())
                .filter(each -> each.getClass().getPackageName().startsWith("io.bascule.aws"))
                .map(each -> word(each.role(), each.adapter()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> used(CutoverPlan plan) {
        return Stream.of(
                        plan.entrances().stream()
                                .map(each -> word(Role.ROUTER, each.router().adapter())),
                        plan.tell().channels().values().stream().map(each -> word(Role.CHANNEL, each.adapter())),
                        plan.steps()
                                .flatMap(step -> step.action().by().stream()
                                        .map(means -> word(role(step.action()), means.adapter()))))
                .flatMap(each -> each);
    }

    private static Role role(Action action) {
        return switch (action) {
            case Action.Probe probe -> probe.carries() ? Role.CARRY : Role.PROBE;
            case Action.SwitchOver _ -> Role.SWITCH;
            case Action.Configure _ -> Role.CONFIGURATION;
            case Action.Capacity _ -> Role.CAPACITY;
            case Action.Decommission _ -> Role.EXISTENCE;
            default -> throw new AssertionError(action);
        };
    }

    private static String word(Role role, String adapter) {
        return role + " " + adapter;
    }
}
