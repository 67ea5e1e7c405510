package io.bascule.app.term;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Phase;
import io.bascule.core.plan.Step;
import io.bascule.core.run.Act;
import io.bascule.core.run.Entry;
import io.bascule.core.run.Fold;
import io.bascule.core.run.Program;
import io.bascule.core.run.RunEvent;
import io.bascule.core.run.RunState;
import io.bascule.core.run.RunStatus;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The run in a terminal, redrawn in place: where it stands, each phase with plan and actual time, what users are given,
 * what happens next and why. Nothing is cleared: what has been said scrolls away as text does.
 */
public final class TtyView implements RunView {
    private static final Duration PACE = Duration.ofMillis(200);
    private final CutoverPlan plan;
    private final Program program;
    private final PrintStream out;
    private final Paint paint;
    private final Narration narration;
    private final Map<String, Instant> begun = new LinkedHashMap<>();
    private final Map<String, Instant> done = new LinkedHashMap<>();
    private Optional<RunState> state = Optional.empty();
    private List<Entry> pending = new ArrayList<>();
    private Instant drawn = Instant.EPOCH;
    private int lines;

    public TtyView(CutoverPlan plan, PrintStream out, Paint paint) {
        this.plan = plan;
        this.program = Program.of(plan);
        this.out = out;
        this.paint = paint;
        this.narration = new Narration(paint);
    }

    @Override
    public void entry(Entry entry) {
        state = Optional.of(Fold.apply(program, state.orElseGet(Fold::nothing), entry));
        note(entry);
        if (tellsStory(entry.event())) {
            pending.add(entry);
        }
    }

    private void note(Entry entry) {
        RunState now = state.orElseThrow();
        for (Phase phase : plan.phases()) {
            String word = phase.id().word();
            boolean some = acts(phase).stream().anyMatch(act -> now.over(act.id()));
            boolean all = acts(phase).stream().allMatch(act -> now.over(act.id()));
            if (some || current(now).map(act -> acts(phase).contains(act)).orElse(false)) {
                begun.putIfAbsent(word, entry.at());
            }
            if (all && begun.containsKey(word)) {
                done.putIfAbsent(word, entry.at());
            } else if (!all) {
                done.remove(word);
            }
        }
    }

    private List<Act> acts(Phase phase) {
        List<String> steps = phase.steps().stream().map(Step::id).toList();
        String word = phase.id().word();
        return program.acts().stream()
                .filter(act -> steps.contains(act.step()) || act.step().equals(word))
                .toList();
    }

    private Optional<Act> current(RunState now) {
        return program.acts().stream().filter(act -> !now.over(act.id())).findFirst();
    }

    /** What scrolls by above the picture: decisions of people and of the system. */
    private static boolean tellsStory(RunEvent event) {
        return switch (event) {
            case RunEvent.OrderAccepted _, RunEvent.OrderRefused _, RunEvent.GatePassed _, RunEvent.GateVoided _ ->
                true;
            case RunEvent.Held _, RunEvent.DriftFound _, RunEvent.RollbackBegun _, RunEvent.RouteChosen _ -> true;
            case RunEvent.StepFailed _, RunEvent.LeaseExpired _, RunEvent.StepExcepted _, RunEvent.Ended _ -> true;
            case RunEvent.SoakPassed _, RunEvent.SteppedBack _ -> true;
            case RunEvent.OutcomeRecorded e -> e.answer() != RunEvent.OutcomeRecorded.Answer.DONE;
            default -> false;
        };
    }

    @Override
    public void moment() {
        Instant now = Instant.now();
        if (state.isPresent() && (drawn.plus(PACE).isBefore(now) || !pending.isEmpty())) {
            draw(now);
        }
    }

    @Override
    public void end() {
        if (state.isPresent()) {
            draw(Instant.now());
        }
    }

    private void draw(Instant now) {
        StringBuilder text = new StringBuilder("\033[?2026h");
        if (lines > 0) {
            text.append("\033[").append(lines).append("A");
        }
        text.append("\r\033[J");
        for (Entry entry : pending) {
            text.append(paint.dim(PlainView.clock(state.orElseThrow().startedAt(), entry.at())))
                    .append("  ")
                    .append(clipped(
                            narration.line(entry.event()).orElse(entry.event().reason())))
                    .append('\n');
        }
        pending = new ArrayList<>();
        List<String> picture = picture(state.orElseThrow(), now);
        picture.forEach(line -> text.append(line).append('\n'));
        lines = picture.size();
        drawn = now;
        out.print(text.append("\033[?2026l"));
        out.flush();
    }

    private List<String> picture(RunState run, Instant now) {
        List<String> picture = new ArrayList<>();
        picture.add("");
        picture.add(paint.bold(plan.title()) + "  " + status(run) + "  "
                + paint.dim(PlainView.clock(run.startedAt(), now).strip()));
        for (Phase phase : plan.phases()) {
            picture.add(row(run, phase, now));
        }
        picture.add(traffic(run));
        picture.add("way back   " + wayBack(run));
        picture.add("next       "
                + clipped(current(run).map(act -> act.id() + ": ").orElse("") + run.reason()));
        return picture;
    }

    private String status(RunState run) {
        RunStatus status = run.status();
        return switch (status) {
            case RUNNING -> paint.ok("▶ RUNNING");
            case WAITING -> paint.warn("◇ WAITING for people");
            case HOLDING -> paint.bad("❚❚ HOLDING");
            case ROLLING_BACK -> paint.bad("↩ ROLLING BACK");
            case COMPLETED -> paint.ok("✓ COMPLETED");
            case COMPLETED_WITH_EXCEPTIONS -> paint.warn("▲ COMPLETED WITH EXCEPTIONS");
            case ABORTED_UNCHANGED -> paint.warn("■ ABORTED, nothing changed");
            case ROLLED_BACK -> paint.warn("↩ ROLLED BACK");
            case ROLLBACK_INCOMPLETE -> paint.bad("✗ ROLL-BACK INCOMPLETE");
        };
    }

    private String row(RunState run, Phase phase, Instant now) {
        String word = phase.id().word();
        boolean over = done.containsKey(word);
        boolean begunYet = begun.containsKey(word);
        String sign =
                over ? paint.ok("✓") : begunYet ? (phase.gate().isPresent() ? paint.warn("◇") : "◷") : paint.dim("○");
        Duration planned = phase.steps().stream().map(this::planned).reduce(Duration.ZERO, Duration::plus);
        String actual = begunYet ? seconds(Duration.between(begun.get(word), done.getOrDefault(word, now))) : "";
        String delta = "";
        if (over && !planned.isZero()) {
            long millis = Duration.between(begun.get(word), done.get(word))
                    .minus(planned)
                    .toMillis();
            delta = (millis >= 0 ? "+" : "-") + seconds(Duration.ofMillis(Math.abs(millis)));
        }
        String doing = begunYet && !over
                ? current(run)
                        .filter(act -> acts(phase).contains(act))
                        .map(Act::id)
                        .orElse("")
                : "";
        return String.format(
                Locale.ROOT,
                "%s %-12s plan %7s  actual %7s  %8s  %s",
                sign,
                word,
                planned.isZero() ? "" : seconds(planned),
                actual,
                delta,
                paint.dim(doing));
    }

    private Duration planned(Step step) {
        Duration soaks = program.acts().stream()
                .filter(act -> act.step().equals(step.id()) && act instanceof Act.Soak)
                .map(act -> ((Act.Soak) act).spec().lasts())
                .reduce(Duration.ZERO, Duration::plus);
        return soaks.compareTo(step.planned()) > 0 ? soaks : step.planned();
    }

    private String traffic(RunState run) {
        Optional<RunEvent.Judged> look = run.lastLook();
        if (look.isEmpty() || look.get().targetShares().isEmpty()) {
            return "users      " + paint.dim("not looked at yet");
        }
        double share = look.get().targetShares().values().iterator().next();
        int filled = (int) Math.round(share * 30);
        String bar = paint.target("█".repeat(filled)) + paint.dim("░".repeat(30 - filled));
        String judged = look.get().act().isEmpty()
                ? ""
                : "  " + look.get().verdict() + ": " + look.get().reason();
        return "users      " + bar + String.format(Locale.ROOT, " %4.1f%% on the target", share * 100)
                + clipped(judged);
    }

    private String wayBack(RunState run) {
        String text = run.wayBack() + ", " + run.wayBackWhy();
        return switch (run.wayBack()) {
            case OPEN -> paint.ok(text);
            case AT_RISK -> paint.warn(text);
            case CLOSED -> paint.bad(text);
        };
    }

    private static String seconds(Duration duration) {
        long millis = duration.toMillis();
        return millis < 60_000
                ? String.format(Locale.ROOT, "%.1f s", millis / 1000.0)
                : String.format(Locale.ROOT, "%d:%02d", millis / 60_000, millis / 1000 % 60);
    }

    private static String clipped(String text) {
        boolean coloured = text.indexOf('\033') >= 0;
        return coloured || text.length() <= 110 ? text : text.substring(0, 109) + "…";
    }
}
