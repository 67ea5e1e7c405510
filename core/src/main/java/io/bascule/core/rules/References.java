package io.bascule.core.rules;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Dataset;
import io.bascule.core.plan.Entrance;
import io.bascule.core.plan.Limit;
import io.bascule.core.plan.Metric;
import io.bascule.core.plan.Person;
import io.bascule.core.plan.Phase;
import io.bascule.core.plan.Step;
import io.bascule.core.plan.Writer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names that a plan uses, against those that it declares. */
final class References {
    private final boolean lenient;
    private final List<Fault> faults;
    private final Set<String> entrances;
    private final Set<String> datasets;
    private final Set<String> metrics;
    private final Set<String> people;
    private final Set<String> roles = new TreeSet<>();

    private References(CutoverPlan plan, boolean lenient, List<Fault> faults) {
        this.lenient = lenient;
        this.faults = faults;
        entrances = declared("entrances", plan.entrances().stream().map(Entrance::name));
        datasets = declared("datasets", plan.datasets().stream().map(Dataset::name));
        metrics = declared("metrics", plan.metrics().stream().map(Metric::name));
        people = declared("people", plan.people().stream().map(Person::id));
        declared("writers", plan.writers().stream().map(Writer::name));
        plan.people().forEach(person -> roles.addAll(person.roles()));
    }

    static void check(CutoverPlan plan, boolean lenient, List<Fault> faults) {
        References references = new References(plan, lenient, faults);
        references.declarations(plan);
        references.limits(plan.judgement().limits(), "judgement.default.limits");
        references.limits(plan.judgement().againstSource(), "judgement.default.against-source");
        for (Phase phase : plan.phases()) {
            references.phase(phase);
        }
        plan.tell().audiences().forEach((audience, members) -> {
            for (int i = 0; i < members.size(); i++) {
                references.need(
                        references.people, "person", members.get(i), "tell.audiences." + audience + "[" + i + "]");
            }
        });
    }

    private Set<String> declared(String what, Stream<String> names) {
        Set<String> seen = new HashSet<>();
        names.filter(name -> !seen.add(name))
                .forEach(name -> faults.add(new Fault(
                        Rule.DUPLICATE_NAME,
                        what + "." + name,
                        "the name '" + name + "' stands twice among " + what,
                        "")));
        return new TreeSet<>(seen);
    }

    private void declarations(CutoverPlan plan) {
        for (Metric metric : plan.metrics()) {
            need(entrances, "entrance", metric.from(), "metrics." + metric.name() + ".from");
        }
        for (Entrance entrance : plan.entrances()) {
            entrance.healthCheck()
                    .ifPresent(name -> need(
                            checks(plan, entrance.name()),
                            "step before the shift that makes the health check",
                            name,
                            "entrances." + entrance.name() + ".target.health-check"));
        }
        for (Writer writer : plan.writers()) {
            if (writer.kind() instanceof Writer.Through through) {
                need(entrances, "entrance", through.entrance(), "writers." + writer.name() + ".through");
            }
        }
    }

    /** The health checks that are made before an entrance's first shift. */
    private static Set<String> checks(CutoverPlan plan, String entrance) {
        return plan.steps()
                .map(Step::action)
                .takeWhile(action -> !(action instanceof Action.Shift shift
                        && shift.entrances().contains(entrance)))
                .filter(action -> action instanceof Action.Configure made
                        && made.means().adapter().equals("health-check"))
                .map(action -> ((Action.Configure) action).name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void phase(Phase phase) {
        phase.gate().ifPresent(gate -> {
            for (int i = 0; i < gate.ask().size(); i++) {
                need(roles, "role", gate.ask().get(i), "phases." + phase.id().word() + ".gate.ask[" + i + "]");
            }
        });
        for (int i = 0; i < phase.steps().size(); i++) {
            step(phase.steps().get(i), PlanRules.path(phase, i));
        }
    }

    private void step(Step step, String path) {
        if (!lenient || !step.owner().equals("nobody")) {
            need(people, "person", step.owner(), path + ".owner");
        }
        switch (step.action()) {
            case Action.Backup backup -> dataset(backup.dataset(), path);
            case Action.Sync sync -> dataset(sync.dataset(), path);
            case Action.CompareData compare -> dataset(compare.dataset(), path);
            case Action.ReverseOn on -> dataset(on.dataset(), path);
            case Action.ReverseOff off -> dataset(off.dataset(), path);
            case Action.PrepareDns dns -> need(entrances, "entrance", dns.entrance(), path + ".entrance");
            case Action.Shift shift -> {
                for (int i = 0; i < shift.entrances().size(); i++) {
                    need(entrances, "entrance", shift.entrances().get(i), path + ".entrances[" + i + "]");
                }
            }
            case Action.Load load -> limits(load.objectives(), path + ".objectives");
            case Action.Judge judge -> limits(judge.objectives(), path + ".objectives");
            case Action.Check _,
                    Action.Probe _,
                    Action.SwitchOver _,
                    Action.Replay _,
                    Action.Freeze _,
                    Action.Configure _,
                    Action.Release _,
                    Action.Bake _,
                    Action.Script _,
                    Action.Capacity _,
                    Action.Decommission _ -> {}
        }
    }

    private void dataset(String name, String path) {
        need(datasets, "dataset", name, path + ".dataset");
    }

    private void limits(List<Limit> limits, String path) {
        for (int i = 0; i < limits.size(); i++) {
            need(metrics, "metric", limits.get(i).metric(), path + "[" + i + "]");
        }
    }

    private void need(Set<String> known, String what, String name, String path) {
        boolean undeclared = lenient && known.isEmpty();
        if (!known.contains(name) && !undeclared && !name.isEmpty()) {
            faults.add(new Fault(
                    Rule.UNKNOWN_NAME, path, "the plan has no " + what + " '" + name + "'", Nearest.hint(name, known)));
        }
    }
}
