package io.bascule.aws.traffic;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Simulation;
import io.bascule.core.plan.Settings;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Deadline;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;

/**
 * The calls to one place where a load balancer decides: a listener's default actions, a rule by its ARN, or the one rule
 * of a listener with a condition. Never "the first listener". Safe for threads.
 */
final class Rule {
    private final Clients clients;
    private final Calls calls;
    private final String region;
    private final String listener;
    private final Optional<String> rule;
    private final Optional<String> condition;

    Rule(Clients clients, Calls calls, Settings settings) {
        this.clients = clients;
        this.calls = calls;
        this.region = settings.need("region");
        this.rule = settings.get("rule");
        this.listener = settings.get("listener").orElse("");
        this.condition = settings.get("condition");
    }

    Calls calls() {
        return calls;
    }

    private ElasticLoadBalancingV2Client client() {
        return clients.loadBalancers(region);
    }

    /** A rule and what it does. */
    record Read(String arn, boolean isDefault, List<Action> actions) {}

    Call<Read> read(Deadline deadline) {
        if (rule.isPresent()) {
            return calls.send(
                            deadline,
                            within -> client().describeRules(
                                            get -> get.ruleArns(rule.get()).overrideConfiguration(within)))
                    .map(answer -> answer.rules().getFirst())
                    .map(found -> new Read(found.ruleArn(), false, found.actions()));
        }
        return condition.isPresent() ? byCondition(deadline) : byDefault(deadline);
    }

    private Call<Read> byDefault(Deadline deadline) {
        return calls.send(
                        deadline,
                        within -> client().describeListeners(
                                        get -> get.listenerArns(listener).overrideConfiguration(within)))
                .map(answer ->
                        new Read(listener, true, answer.listeners().getFirst().defaultActions()));
    }

    private Call<Read> byCondition(Deadline deadline) {
        Call<List<Read>> call = calls.send(
                        deadline,
                        within -> client().describeRules(get ->
                                get.listenerArn(listener).pageSize(400).overrideConfiguration(within)))
                .map(answer -> answer.rules().stream()
                        .filter(each -> Conditions.isNamed(each.conditions(), condition.get()))
                        .map(each -> new Read(each.ruleArn(), false, each.actions()))
                        .toList());
        if (call instanceof Call.Answered<List<Read>>(var found) && found.size() != 1) {
            return new Call.Rejected<>(
                    "", found.size() + " rules of the listener have the condition " + condition.get(), false);
        }
        return call.map(List::getFirst);
    }

    /** Writes the whole list of actions. Elastic Load Balancing has no conditional write. */
    Call<String> write(Read read, List<Action> actions, Deadline deadline) {
        if (read.isDefault()) {
            return calls.send(
                            deadline,
                            within -> client().modifyListener(set -> set.listenerArn(read.arn())
                                    .defaultActions(actions)
                                    .overrideConfiguration(within)))
                    .map(_ -> "");
        }
        return calls.send(
                        deadline,
                        within -> client().modifyRule(set ->
                                set.ruleArn(read.arn()).actions(actions).overrideConfiguration(within)))
                .map(_ -> "");
    }

    /** Whether the actions may be changed, there and back, and the place be claimed. */
    Authority mayChange(Read read, Deadline deadline) {
        Authority written = mayWrite(read, deadline);
        if (!(written instanceof Authority.Granted)) {
            return written;
        }
        List<String> claim = List.of("elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags");
        return new Simulation(clients, calls, region).ask(claim, rule.orElse(listener), false, deadline);
    }

    /** Whether the actions may be changed. */
    Authority mayWrite(Read read, Deadline deadline) {
        String modify = "elasticloadbalancing:" + (read.isDefault() ? "ModifyListener" : "ModifyRule");
        return new Simulation(clients, calls, region).ask(List.of(modify), read.arn(), false, deadline);
    }

    /** How the targets of a group stand: so many in each state. */
    Call<Map<String, Integer>> health(String group, Deadline deadline) {
        return new TargetHealth(clients, calls, region).of(group, deadline).map(targets -> {
            Map<String, Integer> states = new TreeMap<>();
            targets.forEach(each -> states.merge(each.standing(), 1, Integer::sum));
            return states;
        });
    }

    /** What {@code _bascule} tags the place has. */
    Call<Map<String, String>> tags(Deadline deadline) {
        String arn = rule.orElse(listener);
        return calls.send(
                        deadline,
                        within -> client().describeTags(
                                        get -> get.resourceArns(arn).overrideConfiguration(within)))
                .map(answer -> {
                    Map<String, String> tags = new TreeMap<>();
                    answer.tagDescriptions()
                            .forEach(each -> each.tags().forEach(tag -> tags.put(tag.key(), tag.value())));
                    return tags;
                });
    }

    Call<Instant> tag(Map<String, String> tags, Deadline deadline) {
        List<Tag> list = tags.entrySet().stream()
                .map(each ->
                        Tag.builder().key(each.getKey()).value(each.getValue()).build())
                .toList();
        return calls.send(
                        deadline,
                        within -> client().addTags(add -> add.resourceArns(rule.orElse(listener))
                                .tags(list)
                                .overrideConfiguration(within)))
                .map(_ -> calls.clock().instant());
    }

    Call<Instant> untag(List<String> keys, Deadline deadline) {
        return calls.send(
                        deadline,
                        within -> client().removeTags(remove -> remove.resourceArns(rule.orElse(listener))
                                .tagKeys(keys)
                                .overrideConfiguration(within)))
                .map(_ -> calls.clock().instant());
    }
}
