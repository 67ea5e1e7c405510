package io.bascule.core.rules;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Gate;
import io.bascule.core.plan.Phase;
import io.bascule.core.plan.PhaseKind;
import io.bascule.core.plan.Step;
import java.util.List;

/** Gates that people can answer, where one is needed. */
final class GateRules {
    private GateRules() {}

    static void check(CutoverPlan plan, List<Fault> faults) {
        for (Phase phase : plan.phases()) {
            phase.gate().ifPresent(gate -> answer(plan, phase, gate, faults));
            if (phase.id().kind() == PhaseKind.PREPARE && phase.gate().isEmpty()) {
                prepare(phase, faults);
            }
        }
    }

    private static void answer(CutoverPlan plan, Phase phase, Gate gate, List<Fault> faults) {
        long holders = plan.people().stream()
                .filter(person -> gate.ask().stream().anyMatch(person.roles()::contains))
                .count();
        String path = "phases." + phase.id().word() + ".gate";
        if (holders < gate.need()) {
            faults.add(new Fault(
                    Rule.GATE_ANSWER,
                    path + ".need",
                    "the gate needs " + gate.need() + " and "
                            + (holders == 1 ? "1 person has" : holders + " people have") + " one of the roles "
                            + String.join(", ", gate.ask()),
                    "give more people one of these roles, or ask more roles"));
        } else if (holders == 1 && !gate.requesterAlone()) {
            faults.add(new Fault(
                    Rule.REQUESTER_ALONE,
                    path,
                    "only one person can approve here, and not if that person starts the run",
                    "give a second person one of the roles " + String.join(", ", gate.ask())));
        }
    }

    private static void prepare(Phase phase, List<Fault> faults) {
        for (int i = 0; i < phase.steps().size(); i++) {
            Step step = phase.steps().get(i);
            boolean live = step.action() instanceof Action.PrepareDns
                    || step.action() instanceof Action.Capacity
                    || (step.action() instanceof Action.Script script && script.hasEffect());
            if (live) {
                faults.add(new Fault(
                        Rule.PREPARE_GATE,
                        PlanRules.path(phase, i),
                        "'" + step.kind() + "' changes something live, and PREPARE has no gate",
                        "write 'prepare: { gate: { ask: [lead] }, steps: [ … ] }'"));
            }
        }
    }
}
