package io.bascule.aws.detect;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Inventory;
import io.bascule.aws.name.NameRouter;
import io.bascule.aws.name.Names;
import io.bascule.aws.traffic.Conditions;
import io.bascule.aws.traffic.LoadBalancerRouter;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Entrance;
import io.bascule.core.plan.Settings;
import io.bascule.core.port.Deadline;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * Whatever else leads to the source of an entrance: listeners and rules that forward to its target group, records of any
 * zone that lead to its addresses. What an entrance of the plan names is listed; the rest is to be excused.
 */
final class References {
    private final CutoverPlan plan;
    private final Entrance entrance;
    private final Inventory inventory;
    private final Deadline deadline;
    private final Looked looked;

    References(CutoverPlan plan, Entrance entrance, Inventory inventory, Deadline deadline) {
        this.plan = plan;
        this.entrance = entrance;
        this.inventory = inventory;
        this.deadline = deadline;
        this.looked = new Looked("references " + entrance.name(), entrance.router());
    }

    /** To a target group. */
    Looked ofGroup() {
        String group = entrance.router().need("source");
        for (String balancer : balancers(group)) {
            switch (inventory.listeners(balancer, deadline)) {
                case Call.Answered<List<Listener>>(var listeners) -> listeners.forEach(each -> listener(each, group));
                case Call<List<Listener>> other -> looked.unknown("listeners of " + balancer, other.why());
            }
        }
        switch (inventory.targets(group, deadline)) {
            case Call.Answered<Map<String, Boolean>>(var targets) ->
                records(targets.keySet().stream()
                        .filter(id -> id.matches("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:]*"))
                        .collect(Collectors.toCollection(TreeSet::new)));
            case Call<Map<String, Boolean>> other -> looked.unknown("targets of " + group, other.why());
        }
        return looked;
    }

    /** Both those that AWS says route to the group and the one that the plan names. */
    private Set<String> balancers(String group) {
        Set<String> balancers = new TreeSet<>();
        balancerOf(entrance.router()).ifPresent(balancers::add);
        switch (inventory.loadBalancersOf(group, deadline)) {
            case Call.Answered<List<String>>(var found) -> balancers.addAll(found);
            case Call<List<String>> other -> looked.unknown("load balancers of " + group, other.why());
        }
        return balancers;
    }

    /** {@code …:listener/app/web/50dc/f2f7} is of {@code …:loadbalancer/app/web/50dc}. */
    static Optional<String> balancerOf(Settings router) {
        String[] parts = LoadBalancerRouter.place(router).split("/", -1);
        return parts.length < 4
                ? Optional.empty()
                : Optional.of(parts[0].replaceFirst(":listener(-rule)?$", ":loadbalancer") + "/" + parts[1] + "/"
                        + parts[2] + "/" + parts[3]);
    }

    private void listener(Listener listener, String group) {
        looked.saw("listener " + tail(listener.listenerArn()));
        if (leadsTo(listener.defaultActions(), group) && !isListed(listener.listenerArn())) {
            looked.found(listener.listenerArn(), "the default actions of a listener forward to it");
        }
        switch (inventory.rules(listener.listenerArn(), deadline)) {
            case Call.Answered<List<Rule>>(var rules) -> {
                looked.saw(rules.size() + " rules");
                rules.stream()
                        .filter(rule -> !Boolean.TRUE.equals(rule.isDefault()))
                        .filter(rule -> leadsTo(rule.actions(), group))
                        .filter(rule -> !isListed(listener.listenerArn(), rule))
                        .forEach(rule -> looked.found(rule.ruleArn(), "a rule forwards to it"));
            }
            case Call<List<Rule>> other -> looked.unknown("rules of " + listener.listenerArn(), other.why());
        }
    }

    static boolean leadsTo(List<Action> actions, String group) {
        return actions.stream()
                .anyMatch(action -> group.equals(action.targetGroupArn())
                        || (action.forwardConfig() != null
                                && action.forwardConfig().targetGroups().stream()
                                        .anyMatch(each -> group.equals(each.targetGroupArn()))));
    }

    private boolean isListed(String listener) {
        return routers("elb")
                .anyMatch(router -> listener.equals(router.get("listener").orElse(""))
                        && router.get("condition").isEmpty());
    }

    private boolean isListed(String listener, Rule rule) {
        return routers("elb")
                .anyMatch(router -> rule.ruleArn().equals(router.get("rule").orElse(""))
                        || (listener.equals(router.get("listener").orElse(""))
                                && Conditions.isNamed(
                                        rule.conditions(),
                                        router.get("condition").orElse(" "))));
    }

    private Stream<Settings> routers(String adapter) {
        return plan.entrances().stream()
                .map(Entrance::router)
                .filter(router -> router.adapter().equals(adapter));
    }

    /** To what the source's records lead to. */
    Looked ofName(Call<Map<String, List<String>>> source) {
        switch (source) {
            case Call.Answered<Map<String, List<String>>>(var places) ->
                records(places.values().stream().flatMap(List::stream).collect(Collectors.toCollection(TreeSet::new)));
            case Call<Map<String, List<String>>> other -> looked.unknown("the source's records", other.why());
        }
        return looked;
    }

    /** Looks through every zone for records that lead to one of these places. */
    private void records(Set<String> places) {
        Set<String> wanted = places.stream().map(References::place).collect(Collectors.toSet());
        if (wanted.isEmpty()) {
            looked.saw("no address of its own");
            return;
        }
        switch (inventory.zones(deadline)) {
            case Call.Answered<List<HostedZone>>(var zones) -> zones.forEach(zone -> records(zone, wanted));
            case Call<List<HostedZone>> other -> looked.unknown("hosted zones", other.why());
        }
    }

    private void records(HostedZone zone, Set<String> wanted) {
        String id = zone.id().replace("/hostedzone/", "");
        boolean hidden =
                zone.config() != null && Boolean.TRUE.equals(zone.config().privateZone());
        switch (inventory.records(id, deadline)) {
            case Call.Answered<List<ResourceRecordSet>>(var sets) -> {
                looked.saw(sets.size() + " records of " + (hidden ? "private " : "") + zone.name());
                sets.stream()
                        .filter(set -> NameRouter.leadsTo(set).stream().anyMatch(each -> wanted.contains(place(each))))
                        .filter(set -> !isListed(id, set))
                        .forEach(set -> looked.found(
                                id + "/" + set.name() + "/" + set.typeAsString(),
                                "a record leads to it: " + String.join(" ", NameRouter.leadsTo(set))));
            }
            case Call<List<ResourceRecordSet>> other -> looked.unknown("records of " + zone.name(), other.why());
        }
    }

    /** Addresses and names in one form; {@code dualstack.} is the same load balancer. */
    private static String place(String text) {
        return text.matches("[0-9.]+") || text.contains(":")
                ? text.toLowerCase(Locale.ROOT)
                : Names.canonical(text).replaceFirst("^dualstack\\.", "");
    }

    private boolean isListed(String zone, ResourceRecordSet set) {
        return routers("route-53")
                .anyMatch(router -> zone.equals(router.need("zone"))
                        && Names.canonical(set.name()).equals(Names.canonical(router.need("record"))));
    }

    private static String tail(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }
}
