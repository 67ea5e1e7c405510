package io.bascule.aws.traffic;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.traffic.TargetHealth.Target;
import io.bascule.core.plan.Settings;
import io.bascule.core.plan.Weight;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Probe;
import io.bascule.core.port.Verdict;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a check asks about the targets of a group: whether none is in use any more, whether enough of them are healthy. */
public final class TargetChecks {
    private static final int NAMED_MOST = 10;
    /** Registered, but no listener leads to its group or it is stopped: no request comes, none is under way. */
    private static final String UNUSED = "unused";

    private TargetChecks() {}

    /** {@code drained} or {@code healthy}, as the settings say. */
    public static Probe of(Settings means, Clients clients, Calls calls) {
        TargetHealth health = new TargetHealth(clients, calls, means.need("region"));
        String group = means.need("target-group");
        Function<List<Target>, Finding> judge = means.adapter().equals("drained")
                ? TargetChecks::drained
                : targets -> healthy(targets, share(means.need("at-least")));
        return deadline -> switch (health.of(group, deadline)) {
            case Call.Answered<List<Target>>(var targets) -> judge.apply(targets);
            case Call<List<Target>> other ->
                Finding.of(new Verdict.NoData("the targets of " + group + " cannot be read: " + other.why()));
        };
    }

    /** {@code 12.5%}, as the plan file's type writes it. */
    private static Weight share(String text) {
        return Weight.percent(Double.parseDouble(text.replace("%", "")));
    }

    static Finding drained(List<Target> targets) {
        List<Target> busy =
                targets.stream().filter(each -> !each.state().equals(UNUSED)).toList();
        long leaving = busy.stream().filter(Target::isDraining).count();
        return finding(
                busy.isEmpty()
                        ? new Verdict.Pass("no target is in use or draining")
                        : new Verdict.Fail(
                                leaving + " targets drain, " + (busy.size() - leaving) + " are in use: " + named(busy)),
                targets);
    }

    /** @param least of those that are not leaving */
    static Finding healthy(List<Target> targets, Weight least) {
        List<Target> staying =
                targets.stream().filter(each -> !each.isDraining()).toList();
        List<Target> unwell = staying.stream().filter(each -> !each.isHealthy()).toList();
        int well = staying.size() - unwell.size();
        String of = well + " of " + staying.size() + " targets are healthy";
        if (staying.isEmpty()) {
            return finding(new Verdict.Fail("no target is registered"), targets);
        }
        boolean enough = well > 0 && well * (long) Weight.WHOLE >= staying.size() * (long) least.basisPoints();
        return finding(
                enough
                        ? new Verdict.Pass(of)
                        : new Verdict.Fail(of + ", at least " + least + " should be: " + named(unwell)),
                targets);
    }

    private static String named(List<Target> targets) {
        String first = targets.stream()
                .limit(NAMED_MOST)
                .map(each -> each.name() + " " + each.standing())
                .collect(Collectors.joining(", "));
        int more = targets.size() - NAMED_MOST;
        return first + (more > 0 ? " and " + more + " more" : "");
    }

    /** With so many targets in each state. */
    private static Finding finding(Verdict verdict, List<Target> targets) {
        TreeMap<String, String> facts = new TreeMap<>(Map.of("targets", "" + targets.size()));
        targets.stream()
                .collect(Collectors.groupingBy(Target::state, Collectors.counting()))
                .forEach((state, count) -> facts.put("targets." + state, "" + count));
        return new Finding(verdict, facts);
    }
}
