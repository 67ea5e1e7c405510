package io.bascule.aws.traffic;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Inventory;
import io.bascule.core.plan.Settings;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;

/**
 * Takes a target group out of those rules and listeners' default actions that may be changed for it, where its weight is
 * 0. Nothing is changed unless all that name the group may be. Safe for threads.
 */
public final class Removal {
    private final Clients clients;
    private final Calls calls;
    private final String region;
    private final String group;
    private final Set<String> places;

    /** @param places ARNs of the rules and listeners that may be changed */
    public Removal(Clients clients, Calls calls, String region, String group, Set<String> places) {
        this.clients = clients;
        this.calls = calls;
        this.region = region;
        this.group = group;
        this.places = Set.copyOf(places);
    }

    /** The places that settings name as {@code out-of}; none where they name none. */
    public static Set<String> places(Settings means) {
        return Arrays.stream(means.get("out-of").orElse("").split("[ ,]+"))
                .filter(place -> !place.isEmpty())
                .collect(Collectors.toSet());
    }

    /** Whether a place is a rule, and not a listener. */
    public static boolean isRule(String place) {
        return place.contains(":listener-rule/");
    }

    /** Whether each of the places may be changed. */
    public Authority mayChange(Deadline deadline) {
        for (String place : places) {
            Rule rule = rule(place);
            Authority authority = rule.read(deadline).authority(read -> rule.mayWrite(read, deadline));
            if (!(authority instanceof Authority.Granted)) {
                return authority;
            }
        }
        return new Authority.Granted();
    }

    private Rule rule(String place) {
        String key = isRule(place) ? "rule" : "listener";
        return new Rule(clients, calls, Settings.of("elb", "region", region, key, place));
    }

    /**
     * Out of all that these load balancers have.
     *
     * @return why it could not be; empty when nothing there names the group any more
     */
    public Optional<Outcome> from(List<String> balancers, Deadline deadline) {
        List<String> naming = new ArrayList<>();
        Inventory inventory = new Inventory(clients, calls, region);
        for (String balancer : balancers) {
            Call<List<String>> call = naming(inventory, balancer, deadline);
            if (!(call instanceof Call.Answered<List<String>>(var found))) {
                return Optional.of(unread(balancer, call));
            }
            naming.addAll(found);
        }
        List<String> others =
                naming.stream().filter(place -> !places.contains(place)).toList();
        if (!others.isEmpty()) {
            return Optional.of(new Outcome.Refused(
                    "still referred to, by " + String.join(" ", others)
                            + ": take it out there first, or name it in out-of",
                    false));
        }
        return changed(naming, false, deadline).or(() -> changed(naming, true, deadline));
    }

    private static Outcome unread(String what, Call<?> call) {
        return new Outcome.Refused("not sent, for " + what + " could not be read: " + call.why(), true);
    }

    private Call<List<String>> naming(Inventory inventory, String balancer, Deadline deadline) {
        Call<List<Listener>> listeners = inventory.listeners(balancer, deadline);
        if (!(listeners instanceof Call.Answered<List<Listener>>(var all))) {
            return listeners.map(_ -> List.of());
        }
        List<String> naming = new ArrayList<>();
        for (Listener listener : all) {
            var rules = inventory.rules(listener.listenerArn(), deadline);
            if (!(rules
                    instanceof
                    Call.Answered<List<software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule>>(var each))) {
                return rules.map(_ -> List.of());
            }
            if (isNamed(listener.defaultActions())) {
                naming.add(listener.listenerArn());
            }
            each.stream()
                    .filter(rule -> !Boolean.TRUE.equals(rule.isDefault()) && isNamed(rule.actions()))
                    .forEach(rule -> naming.add(rule.ruleArn()));
        }
        return new Call.Answered<>(naming);
    }

    private boolean isNamed(List<Action> actions) {
        return new Forwarding(actions, group, "").namesSource();
    }

    /** @param write whether what can be done is done, or only looked at */
    private Optional<Outcome> changed(List<String> naming, boolean write, Deadline deadline) {
        for (String place : naming) {
            Rule rule = rule(place);
            Call<Rule.Read> call = rule.read(deadline);
            if (!(call instanceof Call.Answered<Rule.Read>(var read))) {
                return Optional.of(unread(place, call));
            }
            Forwarding forwarding = new Forwarding(read.actions(), group, "");
            Forwarding.Plan plan = forwarding.withoutSource();
            if (!plan.no().isEmpty()) {
                return Optional.of(new Outcome.Refused("still referred to, by " + place + ": " + plan.no(), false));
            }
            if (write && forwarding.namesSource()) {
                Outcome outcome = rule.write(read, plan.after(), deadline).outcome(_ -> "");
                if (!(outcome instanceof Outcome.Done)) {
                    return Optional.of(outcome);
                }
            }
        }
        return Optional.empty();
    }
}
