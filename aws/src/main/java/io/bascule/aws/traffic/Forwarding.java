package io.bascule.aws.traffic;

import io.bascule.core.port.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ForwardActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/**
 * A rule's whole list of actions as it was read, and the list with the weights of two target groups changed. Whatever
 * else stands in it (signing in, stickiness, groups of others) is kept as it is. Pure.
 *
 * @param source the ARN of the source's target group
 */
record Forwarding(List<Action> actions, String source, String target) {
    /** Of both groups together, where nobody else has a weight: shares in steps of half a point. */
    static final int FULL = 200;

    private static final int MOST = 999;
    private static final int GROUPS_MOST = 5;
    private static final String ALONE = "alone";

    Forwarding {
        actions = List.copyOf(actions);
    }

    private Optional<Action> forward() {
        return actions.stream()
                .filter(action -> action.type() == ActionTypeEnum.FORWARD)
                .findFirst();
    }

    private List<TargetGroupTuple> groups() {
        return forward().map(Forwarding::groups).orElse(List.of());
    }

    private static List<TargetGroupTuple> groups(Action forward) {
        if (forward.forwardConfig() != null && forward.forwardConfig().hasTargetGroups()) {
            return forward.forwardConfig().targetGroups();
        }
        return forward.targetGroupArn() == null
                ? List.of()
                : List.of(TargetGroupTuple.builder()
                        .targetGroupArn(forward.targetGroupArn())
                        .build());
    }

    private Optional<TargetGroupTuple> group(String arn) {
        return groups().stream()
                .filter(group -> arn.equals(group.targetGroupArn()))
                .findFirst();
    }

    private static int weight(TargetGroupTuple group) {
        return group.weight() == null ? 1 : group.weight();
    }

    /** Why the rule cannot be moved by weight; empty when it can. */
    Optional<String> fault() {
        if (forward().isEmpty()) {
            return Optional.of("it has no forward action, but "
                    + actions.stream().map(Action::typeAsString).toList());
        }
        if (group(source).isEmpty()) {
            return Optional.of("it does not forward to the source's target group " + source);
        }
        if (group(target).isPresent() && full() == 0) {
            return Optional.of("source and target both have the weight 0");
        }
        return Optional.empty();
    }

    private int full() {
        return weight(group(source).orElseThrow())
                + group(target).map(Forwarding::weight).orElse(0);
    }

    /** The {@code TRAFFIC} image. */
    Image image() {
        TreeMap<String, String> owned = new TreeMap<>();
        int part = group(target).map(Forwarding::weight).orElse(0);
        int points = group(target).isEmpty() ? 0 : part * 10_000 / full();
        owned.put("source", "" + (10_000 - points));
        owned.put("target", "" + points);
        if (group(target).isEmpty()) {
            owned.put(ALONE, alone());
        }
        TreeMap<String, String> context = new TreeMap<>();
        for (int i = 0; i < actions.size(); i++) {
            context.put("action." + (i + 1), brief(actions.get(i)));
        }
        return new Image(owned, context);
    }

    /** How the source's group stands without the target's: its weight, and whether the short form names it too. */
    private String alone() {
        Action forward = forward().orElseThrow();
        boolean configured =
                forward.forwardConfig() != null && forward.forwardConfig().hasTargetGroups();
        if (!configured) {
            return "short";
        }
        Integer weight = group(source).orElseThrow().weight();
        return (weight == null ? "none" : "" + weight) + (forward.targetGroupArn() == null ? "" : " short");
    }

    private static String brief(Action action) {
        StringBuilder text = new StringBuilder(action.typeAsString());
        if (action.type() == ActionTypeEnum.FORWARD) {
            for (TargetGroupTuple group : groups(action)) {
                String[] arn = group.targetGroupArn().split("/", -1);
                text.append(' ').append(arn.length > 1 ? arn[1] : group.targetGroupArn());
                text.append('=').append(weight(group));
            }
        }
        return text.toString();
    }

    /** The actions after the weights are so, or why they cannot be. */
    Plan with(Image wanted) {
        int points = number(wanted.get("target"));
        if (points < 0 || number(wanted.get("source")) != 10_000 - points) {
            return Plan.no("weights are source and target in basis points, 10000 together");
        }
        boolean alone = wanted.owned().containsKey(ALONE);
        if (wanted.owned().size() != (alone ? 3 : 2)) {
            return Plan.no("weights have the fields source and target");
        }
        return alone ? detached(wanted.get(ALONE), points) : attached(points);
    }

    private static int number(String text) {
        return text.matches("\\d{1,5}") ? Integer.parseInt(text) : -1;
    }

    private Plan attached(int points) {
        boolean others = groups().stream()
                .anyMatch(g -> !g.targetGroupArn().equals(source)
                        && !g.targetGroupArn().equals(target)
                        && weight(g) > 0);
        boolean first = group(target).isEmpty();
        int full = first && !others ? FULL : full();
        if (full == 0 || points * full % 10_000 != 0) {
            return Plan.no("the weights of source and target add up to " + full + ", which " + points / 100.0
                    + "% cannot be said in");
        }
        int part = points * full / 10_000;
        List<TargetGroupTuple> groups = new ArrayList<>();
        for (TargetGroupTuple group : groups()) {
            boolean ours = group.targetGroupArn().equals(source);
            boolean theirs = group.targetGroupArn().equals(target);
            groups.add(ours ? weighted(source, full - part) : theirs ? weighted(target, part) : group);
        }
        if (first) {
            groups.add(weighted(target, part));
        }
        if (groups.size() > GROUPS_MOST) {
            return Plan.no("a forward action has at most " + GROUPS_MOST + " target groups");
        }
        if (groups.stream().anyMatch(group -> weight(group) > MOST)) {
            return Plan.no("a weight is 0 to " + MOST);
        }
        return new Plan(replaced(groups, false), "");
    }

    /** The actions without the source's group, which must have no weight, beside one that has some. */
    Plan withoutSource() {
        int weight = group(source).map(Forwarding::weight).orElse(0);
        if (weight > 0) {
            return Plan.no("its weight there is " + weight);
        }
        List<TargetGroupTuple> others = groups().stream()
                .filter(group -> !source.equals(group.targetGroupArn()))
                .toList();
        return others.stream().anyMatch(group -> weight(group) > 0)
                ? new Plan(replaced(others, false), "")
                : Plan.no("no other group has a weight there");
    }

    boolean namesSource() {
        return group(source).isPresent();
    }

    private Plan detached(String alone, int points) {
        boolean shortForm = alone.endsWith("short");
        String weight = alone.replace("short", "").trim();
        if (points != 0 || !(weight.isEmpty() || weight.equals("none") || weight.matches("\\d{1,3}"))) {
            return Plan.no("only at 100% source does it stand alone, with its weight or in the short form");
        }
        List<TargetGroupTuple> groups = new ArrayList<>();
        for (TargetGroupTuple group : groups()) {
            if (group.targetGroupArn().equals(source)) {
                groups.add(weight.matches("\\d+") ? weighted(source, Integer.parseInt(weight)) : plain(source));
            } else if (!group.targetGroupArn().equals(target)) {
                groups.add(group);
            }
        }
        return new Plan(weight.isEmpty() ? shortened() : replaced(groups, shortForm), "");
    }

    private static TargetGroupTuple weighted(String arn, int weight) {
        return TargetGroupTuple.builder().targetGroupArn(arn).weight(weight).build();
    }

    private static TargetGroupTuple plain(String arn) {
        return TargetGroupTuple.builder().targetGroupArn(arn).build();
    }

    private List<Action> shortened() {
        return each(forward -> forward.toBuilder()
                .forwardConfig((ForwardActionConfig) null)
                .targetGroupArn(source)
                .build());
    }

    private List<Action> replaced(List<TargetGroupTuple> groups, boolean shortForm) {
        return each(forward -> {
            ForwardActionConfig.Builder config = forward.forwardConfig() == null
                    ? ForwardActionConfig.builder()
                    : forward.forwardConfig().toBuilder();
            return forward.toBuilder()
                    .targetGroupArn(shortForm ? source : null)
                    .forwardConfig(config.targetGroups(groups).build())
                    .build();
        });
    }

    private interface Edit {
        Action of(Action forward);
    }

    /** The list with its forward action edited; a client secret, which nobody is told, stays as AWS has it. */
    private List<Action> each(Edit edit) {
        List<Action> edited = new ArrayList<>();
        for (Action action : actions) {
            if (action.type() == ActionTypeEnum.FORWARD) {
                edited.add(edit.of(action));
            } else if (action.authenticateOidcConfig() != null) {
                edited.add(action.toBuilder()
                        .authenticateOidcConfig(action.authenticateOidcConfig().toBuilder()
                                .clientSecret(null)
                                .useExistingClientSecret(true)
                                .build())
                        .build());
            } else {
                edited.add(action);
            }
        }
        return edited;
    }

    /** The actions wanted, or why they cannot be. */
    record Plan(List<Action> after, String no) {
        static Plan no(String why) {
            return new Plan(List.of(), why);
        }
    }
}
