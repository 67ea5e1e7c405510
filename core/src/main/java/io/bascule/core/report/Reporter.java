package io.bascule.core.report;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Step;
import io.bascule.core.port.Resource;
import io.bascule.core.report.CutoverReport.Changed;
import io.bascule.core.report.CutoverReport.Decided;
import io.bascule.core.report.CutoverReport.Found;
import io.bascule.core.report.CutoverReport.Pause;
import io.bascule.core.report.CutoverReport.StepTime;
import io.bascule.core.report.CutoverReport.Stretch;
import io.bascule.core.run.Act;
import io.bascule.core.run.Direction;
import io.bascule.core.run.Entry;
import io.bascule.core.run.Fold;
import io.bascule.core.run.Program;
import io.bascule.core.run.RunEvent;
import io.bascule.core.run.RunId;
import io.bascule.core.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a report of a journal. Pure; a journal that has not ended yet makes a report that says so. */
public final class Reporter {
    private final CutoverPlan plan;
    private final Program program;
    private final List<Entry> entries;

    private Reporter(CutoverPlan plan, List<Entry> entries) {
        this.plan = plan;
        this.program = Program.of(plan);
        this.entries = entries;
    }

    public static CutoverReport of(CutoverPlan plan, RunId run, List<Entry> entries) {
        return new Reporter(plan, entries).report(run);
    }

    private CutoverReport report(RunId run) {
        RunState state = Fold.fold(program, entries);
        Instant begun = entries.getFirst().at();
        Optional<Entry> end = entries.stream()
                .filter(e -> e.event() instanceof RunEvent.Ended)
                .findFirst();
        Optional<Instant> back = last(RunEvent.RollbackBegun.class);
        return new CutoverReport(
                run.text(),
                plan.name(),
                plan.hash().hex(),
                plan.title(),
                evidence(),
                begun,
                end.map(Entry::at),
                end.map(e -> ((RunEvent.Ended) e.event()).status()),
                state.reason(),
                steps(),
                stretches(),
                pauses(),
                decisions(),
                findings(),
                changes(state),
                back.flatMap(from -> verifiedAfter(from, Resource.Kind.TRAFFIC)),
                back.flatMap(from -> verifiedAfter(from, Resource.Kind.FENCE)),
                back.flatMap(from -> end.map(e -> Duration.between(from, e.at()))),
                state.exceptions(),
                end.map(e -> ((RunEvent.Ended) e.event()).residue()).orElse(List.of()));
    }

    private String evidence() {
        return entries.getFirst().event() instanceof RunEvent.RunStarted started ? started.evidence() : "";
    }

    private Optional<Instant> last(Class<? extends RunEvent> type) {
        return entries.reversed().stream()
                .filter(entry -> type.isInstance(entry.event()))
                .map(Entry::at)
                .findFirst();
    }

    /** From an instant to the last verified way-back change of that kind. */
    private Optional<Duration> verifiedAfter(Instant from, Resource.Kind kind) {
        return entries.stream()
                .filter(entry -> entry.at().isAfter(from)
                        && entry.event() instanceof RunEvent.StepVerified e
                        && e.direction() == Direction.BACK
                        && !e.adopted()
                        && Resource.parse(e.resource()).kind() == kind)
                .map(entry -> Duration.between(from, entry.at()))
                .max(Duration::compareTo);
    }

    private List<StepTime> steps() {
        Map<String, Instant> first = new LinkedHashMap<>();
        Map<String, Instant> last = new LinkedHashMap<>();
        Instant before = entries.getFirst().at();
        for (Entry entry : entries) {
            Optional<String> step = stepOf(entry.event());
            if (step.isPresent()) {
                first.putIfAbsent(step.get(), before);
                last.put(step.get(), entry.at());
            }
            before = entry.at();
        }
        return plan.steps()
                .map(step -> new StepTime(
                        step.id(),
                        step.phase().word(),
                        step.planned(),
                        Optional.ofNullable(last.get(step.id())).map(to -> Duration.between(first.get(step.id()), to)),
                        Optional.ofNullable(first.get(step.id()))))
                .toList();
    }

    private Optional<String> stepOf(RunEvent event) {
        String act = switch (event) {
            case RunEvent.IntentRecorded e when e.direction() == Direction.FORWARD -> e.act();
            case RunEvent.StepVerified e when e.direction() == Direction.FORWARD -> e.act();
            case RunEvent.Measured e when e.direction() == Direction.FORWARD -> e.act();
            case RunEvent.SoakPassed e -> e.act();
            case RunEvent.SoakBegun e -> e.act();
            default -> "";
        };
        return program.act(act).map(Act::step).filter(step -> plan.step(step).isPresent());
    }

    private List<Stretch> stretches() {
        List<Stretch> stretches = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).event() instanceof RunEvent.SoakBegun begun) {
                stretches.add(stretch(begun.act(), entries.subList(i, entries.size())));
            }
        }
        return stretches;
    }

    private Stretch stretch(String act, List<Entry> from) {
        long windows = 0;
        long failed = 0;
        Instant to = from.getFirst().at();
        Optional<Double> share = Optional.empty();
        for (Entry entry : from) {
            if (entry.event() instanceof RunEvent.Judged judged && judged.act().equals(act)) {
                windows++;
                failed += judged.verdict().equals("FAIL") ? 1 : 0;
                share = judged.targetShares().values().stream().findFirst().or(() -> Optional.empty());
                to = entry.at();
            }
            boolean over = entry.event() instanceof RunEvent.SoakPassed
                    || entry.event() instanceof RunEvent.SteppedBack
                    || entry.event() instanceof RunEvent.RollbackBegun;
            if (over) {
                to = entry.at();
                break;
            }
        }
        String intended = program.act(act)
                .map(a -> a instanceof Act.Soak soak ? soak.spec().target() : "")
                .orElse("");
        return new Stretch(act, intended, from.getFirst().at(), to, windows, failed, share);
    }

    private List<Pause> pauses() {
        List<Pause> pauses = new ArrayList<>();
        Map<String, Entry> closed = new LinkedHashMap<>();
        for (Entry entry : entries) {
            if (entry.event() instanceof RunEvent.StepVerified e && e.resource().startsWith("writes:")) {
                boolean open = e.observed().get("writes").equals("open");
                Entry since = closed.get(e.resource());
                if (!open && since == null) {
                    closed.put(e.resource(), entry);
                } else if (open && since != null && since.event() instanceof RunEvent.StepVerified begun) {
                    closed.remove(e.resource());
                    String entrance = Resource.parse(e.resource()).name();
                    pauses.add(new Pause(entrance, begun.direction(), since.at(), entry.at()));
                }
            }
        }
        return pauses;
    }

    private List<Decided> decisions() {
        List<Decided> decided = new ArrayList<>();
        for (Entry entry : entries) {
            Instant at = entry.at();
            switch (entry.event()) {
                case RunEvent.OrderAccepted e ->
                    decided.add(new Decided(at, named(e), e.order().verb(), e.reason()));
                case RunEvent.OrderRefused e ->
                    decided.add(new Decided(at, e.who(), e.order().verb() + ", refused", e.reason()));
                case RunEvent.GatePassed e -> decided.add(new Decided(at, "bascule", e.gate() + " passed", e.reason()));
                case RunEvent.GateVoided e -> decided.add(new Decided(at, "bascule", e.gate() + " voided", e.reason()));
                case RunEvent.RollbackBegun e -> decided.add(new Decided(at, e.by(), "roll back", e.reason()));
                case RunEvent.RouteChosen e ->
                    decided.add(new Decided(at, "bascule", "route " + e.route(), e.reason()));
                case RunEvent.Held e -> decided.add(new Decided(at, "bascule", "hold", e.reason()));
                case RunEvent.Ended e -> decided.add(new Decided(at, "bascule", "end " + e.status(), e.reason()));
                default -> {}
            }
        }
        return decided;
    }

    private static String named(RunEvent.OrderAccepted e) {
        return e.who() + (e.verified() ? "" : " (unverified)") + ", " + e.principal();
    }

    private List<Found> findings() {
        List<Found> found = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.event() instanceof RunEvent.Measured e && !e.verdict().equals("INCONCLUSIVE")) {
                found.add(new Found(entry.at(), e.act(), e.verdict(), e.facts(), e.reason()));
            }
        }
        return found;
    }

    private static List<Changed> changes(RunState state) {
        List<Changed> changes = new ArrayList<>();
        state.resources()
                .forEach((resource, known) -> changes.add(new Changed(
                        resource.toString(),
                        known.pre(),
                        known.observed(),
                        known.observed().sameState(known.pre()))));
        return changes;
    }

    /** The planned time of all steps. */
    public static Duration planned(CutoverPlan plan) {
        return plan.steps().map(Step::planned).reduce(Duration.ZERO, Duration::plus);
    }
}
