package io.bascule.core.run;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Phase;
import io.bascule.core.plan.PhaseKind;
import io.bascule.core.plan.Step;
import io.bascule.core.port.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A plan as the list of acts that carry it out, in order. A pure function of the plan: a restarted run compiles the
 * same program and finds its place in it by the acts' ids.
 */
public final class Program {
    /** The act that takes the claim on every entrance. */
    static final String CLAIM = "claims/take";

    private final List<Act> acts;
    private final Map<String, Act> byId = new HashMap<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final Duration plannedRollback;

    private Program(List<Act> acts, Duration plannedRollback) {
        this.acts = List.copyOf(acts);
        this.plannedRollback = plannedRollback;
        for (int i = 0; i < acts.size(); i++) {
            if (byId.put(acts.get(i).id(), acts.get(i)) != null) {
                throw new IllegalStateException(
                        "two acts are called " + acts.get(i).id());
            }
            places.put(acts.get(i).id(), i);
        }
    }

    public static Program of(CutoverPlan plan) {
        List<Act> acts = new ArrayList<>();
        boolean surveyed = false;
        Forward forward = new Forward(plan);
        for (Phase phase : plan.phases()) {
            PhaseKind kind = phase.id().kind();
            if (!surveyed && (kind == PhaseKind.PREFLIGHT || kind == PhaseKind.GO)) {
                acts.add(forward.survey("preflight", false));
                surveyed = true;
            }
            phase.gate()
                    .ifPresent(gate -> acts.add(new Act.Await(
                            phase.id().word() + "/approval", phase.id().word(), gate)));
            if (kind == PhaseKind.GO) {
                acts.add(forward.survey("go", true));
                claim(acts, forward.claims(phase.id().word()));
            }
            for (Step step : phase.steps()) {
                List<Act> each = forward.acts(step);
                if (each.stream().anyMatch(Program::writesToAnEntrance)) {
                    claim(acts, forward.claims(phase.id().word()));
                }
                acts.addAll(each);
            }
        }
        acts.add(forward.unclaim());
        return new Program(acts, Rules.plannedRollback(plan));
    }

    /** At GO, or before the first write to an entrance where that comes before it. */
    private static void claim(List<Act> acts, Act claims) {
        if (acts.stream().noneMatch(act -> act.id().equals(CLAIM))) {
            acts.add(claims);
        }
    }

    private static boolean writesToAnEntrance(Act act) {
        return act instanceof Act.Alter alter && alter.resource().isOfEntrance();
    }

    /** Asked at every decision, and the same for all of them. */
    Duration plannedRollback() {
        return plannedRollback;
    }

    public List<Act> acts() {
        return acts;
    }

    public Optional<Act> act(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The act's place in the order, from 0; -1 when it is not of this program. */
    public int place(String id) {
        return places.getOrDefault(id, -1);
    }

    /** Every resource that the plan changes, in the order of first change. */
    public Set<Resource> resources() {
        Set<Resource> resources = new LinkedHashSet<>();
        for (Act act : acts) {
            if (act instanceof Act.Alter alter) {
                resources.add(alter.resource());
            }
        }
        return resources;
    }

    /**
     * What is done again to go one stage back from a soak: the stage before it, up to and with that soak. Empty where
     * there is no such stage, or where more than users' weights was changed since.
     */
    List<Act> backOneStage(String soak) {
        int at = place(soak);
        int last = stageEnd(at);
        int before = last < 0 ? -1 : stageEnd(last - 1);
        if (before < 0 || !acts.get(before).step().equals(acts.get(last).step())) {
            return List.of();
        }
        int first = before;
        while (first > 0
                && acts.get(first - 1).step().equals(acts.get(last).step())
                && !(acts.get(first - 1) instanceof Act.Soak)) {
            first--;
        }
        boolean untouched = acts.subList(last + 1, at + 1).stream()
                .allMatch(act -> act instanceof Act.Soak || act instanceof Act.Ask);
        if (!untouched) {
            return List.of();
        }
        List<Act> again = new ArrayList<>(acts.subList(first, last + 1));
        acts.subList(last + 1, at + 1).stream()
                .filter(Act.Soak.class::isInstance)
                .forEach(again::add);
        return again;
    }

    /** The place of the last soak of a stage of weights, at that place or before it; -1 where there is none. */
    private int stageEnd(int from) {
        for (int i = from; i > 0; i--) {
            if (acts.get(i) instanceof Act.Soak
                    && acts.get(i - 1) instanceof Act.Alter alter
                    && alter.resource().kind() == Resource.Kind.TRAFFIC) {
                return i;
            }
        }
        return -1;
    }

    /** Whether others of the plan stand on what a step did, so that it may never be left out. */
    static boolean isProtected(Action action) {
        return switch (action) {
            case Action.Freeze _, Action.Sync _, Action.CompareData _, Action.ReverseOn _ -> true;
            case Action.Release _, Action.Configure _, Action.Shift _, Action.Check _ -> true;
            case Action.Probe _ -> true;
            case Action.SwitchOver over ->
                over.reversible(); // what is not undone stands in REVIEW, where nothing follows from it
            case Action.Decommission _ -> true;
            case Action.Backup _, Action.PrepareDns _, Action.Load _, Action.Replay _ -> false;
            case Action.Judge _, Action.Bake _, Action.Script _, Action.Capacity _, Action.ReverseOff _ -> false;
        };
    }
}
