package io.bascule.core.run;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Phase;
import io.bascule.core.plan.PhaseKind;
import io.bascule.core.plan.Step;
import io.bascule.core.port.Resource;
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
    private final List<Act> acts;
    private final Map<String, Act> byId = new HashMap<>();
    private final Map<String, Integer> places = new HashMap<>();

    private Program(List<Act> acts) {
        this.acts = List.copyOf(acts);
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
                acts.add(forward.claims());
            }
            for (Step step : phase.steps()) {
                acts.addAll(forward.acts(step));
            }
        }
        acts.add(forward.unclaim());
        return new Program(acts);
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

    /** The kinds of the steps of a plan that change data and may never be left out. */
    static boolean isProtected(Action action) {
        return switch (action) {
            case Action.Freeze _, Action.Sync _, Action.CompareData _, Action.ReverseOn _ -> true;
            case Action.Release _, Action.Configure _, Action.Shift _, Action.Check _ -> true;
            case Action.Decommission _ -> true;
            case Action.Backup _, Action.PrepareDns _, Action.Load _, Action.Replay _ -> false;
            case Action.Judge _, Action.Bake _, Action.Script _, Action.Capacity _, Action.ReverseOff _ -> false;
        };
    }
}
