package io.bascule.aws.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.aws.FaultLoop;
import io.bascule.aws.api.Call;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.LossyPeer;
import io.bascule.aws.api.PeerActuatorConformance;
import io.bascule.aws.api.Peers;
import io.bascule.core.plan.Settings;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Change;
import io.bascule.core.port.Claim;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import io.bascule.core.port.Verdict;
import io.bascule.testkit.ClaimConformance;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/** Rules against moto, the one peer that keeps weights; it models neither unused targets nor draining. */
@Tag("server")
class RuleServerTest {
    private static Image split(int target) {
        return Image.of("source", "" + (10_000 - target), "target", "" + target);
    }

    private static Image seen(Actuator actuator) {
        return switch (actuator.observe(Peers.soon())) {
            case Reading.Seen seen -> seen.image();
            case Reading.Unseen unseen -> throw new AssertionError(unseen.why());
        };
    }

    private static Outcome bring(Actuator actuator, Image wanted) {
        Change change = new Change("run/a/forward/1", Instant.now().plusSeconds(10), seen(actuator), wanted);
        return actuator.apply(change, Peers.soon());
    }

    abstract static class Weights extends PeerActuatorConformance {
        final TestListener world = new TestListener();
        private final Map<String, Image> start = new TreeMap<>();

        abstract Rule rule();

        @Override
        protected Actuator actuator() {
            return new RuleWeights(rule(), world.source, world.target);
        }

        /** As it was made: the source's group alone. */
        @Override
        protected Image from() {
            return start.computeIfAbsent(
                    "start",
                    _ -> Image.of(
                            "source",
                            "10000",
                            "target",
                            "0",
                            "alone",
                            seen(actuator()).get("alone")));
        }

        @Override
        protected Image to() {
            return split(2500);
        }
    }

    @Nested
    class OfAListener extends Weights {
        @Override
        Rule rule() {
            return world.rule("listener", world.listener);
        }

        @Override
        protected String bystanders() {
            return world.elb()
                    .describeRules(get -> get.ruleArns(world.rule))
                    .rules()
                    .toString();
        }
    }

    @Nested
    class OfARule extends Weights {
        @Override
        Rule rule() {
            return world.rule("rule", world.rule);
        }

        @Override
        protected String bystanders() {
            return world.elb()
                    .describeListeners(get -> get.listenerArns(world.listener))
                    .listeners()
                    .toString();
        }
    }

    @Nested
    class Claims extends ClaimConformance {
        private final TestListener world = new TestListener();

        @Override
        protected Claim claim() {
            return new RuleClaim(world.rule("rule", world.rule));
        }
    }

    @Test
    void there_and_back_leaves_listener_and_rules_field_by_field_as_they_were() {
        TestListener world = new TestListener();
        for (Rule rule : new Rule[] {world.rule("listener", world.listener), world.rule("rule", world.rule)}) {
            List<String> before = world.all();
            RuleWeights weights = new RuleWeights(rule, world.source, world.target);
            Image start = seen(weights);
            assertThat(start.owned()).containsKey("alone").containsEntry("target", "0");
            for (int target : new int[] {0, 1000, 5000, 10_000}) {
                assertThat(bring(weights, split(target))).isInstanceOf(Outcome.Done.class);
                assertThat(seen(weights).owned()).isEqualTo(split(target).owned());
            }
            assertThat(bring(weights, start)).isInstanceOf(Outcome.Done.class);
            assertThat(world.all()).isEqualTo(before);
        }
    }

    /** There and back through a line that spoils one call. */
    private record Spoiled(TestListener world, LossyPeer line, RuleWeights weights, Image start)
            implements FaultLoop.World {
        static Spoiled of(int spoiled, LossyPeer.Fate fate) throws IOException {
            TestListener world = new TestListener();
            LossyPeer line = new LossyPeer(Peers.moto(), spoiled, fate, "Action=ModifyRule");
            Rule rule = world.rule(Clients.at(line.at()), "rule", world.rule);
            Image start = seen(new RuleWeights(world.rule("rule", world.rule), world.source, world.target));
            return new Spoiled(world, line, new RuleWeights(rule, world.source, world.target), start);
        }

        @Override
        public Actuator actuator(int step) {
            return weights;
        }

        @Override
        public List<Image> wanted() {
            return List.of(split(0), split(2500), split(10_000), split(0), new Image(start.owned(), new TreeMap<>()));
        }

        @Override
        public String all() {
            return world.all().toString();
        }
    }

    @Test
    void whichever_call_fails_in_whichever_way_all_is_as_before_and_nothing_is_done_twice() throws Exception {
        FaultLoop.loop(Spoiled::of, 5);
    }

    @Test
    void whichever_call_fails_a_free_claim_is_never_told_to_be_anothers() throws Exception {
        FaultLoop.claims(Peers.moto(), "Action=AddTags", line -> {
            TestListener world = new TestListener();
            return new RuleClaim(world.rule(Clients.at(line.at()), "rule", world.rule));
        });
    }

    @Test
    void a_rule_is_found_by_its_condition_and_never_by_its_place() {
        TestListener world = new TestListener();
        assertThat(world.rule("listener", world.listener, "condition", "host=shop.example.com")
                        .read(Peers.soon()))
                .isInstanceOfSatisfying(
                        Call.Answered.class,
                        found -> assertThat(((Rule.Read) found.value()).arn()).isEqualTo(world.rule));
        assertThat(world.rule("listener", world.listener, "condition", "host=else.example.com")
                        .read(Peers.soon())
                        .why())
                .contains("0 rules");
    }

    @Test
    void the_sign_in_before_the_forward_is_kept() {
        TestListener world = new TestListener();
        RuleWeights weights = new RuleWeights(world.rule("rule", world.rule), world.source, world.target);
        assertThat(bring(weights, split(0))).isInstanceOf(Outcome.Done.class);
        var actions = world.elb()
                .describeRules(get -> get.ruleArns(world.rule))
                .rules()
                .getFirst()
                .actions();
        assertThat(actions).hasSize(2);
        assertThat(actions.getFirst().authenticateOidcConfig().clientId()).isEqualTo("bascule");
        assertThat(actions.get(1).forwardConfig().targetGroups()).hasSize(2);
    }

    /** Between our look and our call someone makes users stay where they are; then someone moves them. */
    @Test
    void what_someone_edits_before_our_last_read_is_not_overwritten() {
        TestListener world = new TestListener();
        RuleWeights weights = new RuleWeights(world.rule("rule", world.rule), world.source, world.target);
        assertThat(bring(weights, split(2500))).isInstanceOf(Outcome.Done.class);
        Change ours = new Change("run/a/forward/2", Instant.now().plusSeconds(10), seen(weights), split(5000));
        world.edit(config ->
                config.targetGroupStickinessConfig(stick -> stick.enabled(true).durationSeconds(60)));
        assertThat(weights.apply(ours, Peers.soon())).isInstanceOf(Outcome.Done.class);
        assertThat(world.forwarding().targetGroupStickinessConfig().durationSeconds())
                .isEqualTo(60);
        Change next = new Change("run/a/forward/3", Instant.now().plusSeconds(10), seen(weights), split(10_000));
        world.edit(config -> config.targetGroups(config.build().targetGroups().stream()
                .map(group -> group.toBuilder()
                        .weight(group.targetGroupArn().equals(world.source) ? 30 : 10)
                        .build())
                .toList()));
        assertThat(weights.apply(next, Peers.soon())).isInstanceOf(Outcome.Refused.class);
        assertThat(world.forwarding().targetGroups())
                .extracting(TargetGroupTuple::weight)
                .containsExactly(30, 10);
    }

    @Test
    void targets_are_counted_by_state_with_the_reason() {
        TestListener world = new TestListener();
        world.register(world.source, "10.0.0.1", "10.0.0.2");
        assertThat(world.rule("rule", world.rule).health(world.source, Peers.soon()))
                .isEqualTo(new Call.Answered<>(Map.of("healthy", 2)));
        assertThat(world.rule("rule", world.rule).health(world.target, Peers.soon()))
                .isEqualTo(new Call.Answered<>(Map.of()));
    }

    /** Moto: what is registered is healthy, what was removed is gone at once. */
    @Test
    void a_check_reads_the_targets_of_its_group() {
        TestListener world = new TestListener();
        world.register(world.source, "10.0.0.1", "10.0.0.2");
        assertThat(checked("healthy", world, world.source)).isInstanceOf(Verdict.Pass.class);
        assertThat(checked("drained", world, world.source))
                .isInstanceOfSatisfying(
                        Verdict.Fail.class,
                        fail -> assertThat(fail.reason()).contains("2 are in use", "10.0.0.1:80 healthy"));
        assertThat(checked("drained", world, world.target)).isInstanceOf(Verdict.Pass.class);
        assertThat(checked("healthy", world, world.target)).isInstanceOf(Verdict.Fail.class);
        assertThat(checked("drained", world, world.target + "0"))
                .isInstanceOfSatisfying(
                        Verdict.NoData.class, none -> assertThat(none.reason()).contains("TargetGroupNotFound"));
    }

    private static Verdict checked(String adapter, TestListener world, String group) {
        Settings means = Settings.of(adapter, "region", Peers.REGION, "target-group", group, "at-least", "100%");
        return TargetChecks.of(means, world.clients, Peers.calls())
                .probe(Peers.soon())
                .verdict();
    }

    @Test
    void a_rule_that_is_gone_is_unseen_and_nothing_is_sent() {
        TestListener world = new TestListener();
        RuleWeights weights = new RuleWeights(
                world.rule("rule", world.rule.replaceFirst(".$", "0").replaceFirst("/[^/]+$", "/0000000000000000")),
                world.source,
                world.target);
        assertThat(weights.observe(Peers.soon())).isInstanceOf(Reading.Unseen.class);
        Change change = new Change("run/a/forward/1", Instant.now().plusSeconds(10), split(0), split(1000));
        assertThat(weights.apply(change, Peers.soon())).isInstanceOf(Outcome.Refused.class);
    }
}
