package io.bascule.core.run;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Dataset;
import io.bascule.core.plan.Entrance;
import io.bascule.core.plan.Limit;
import io.bascule.core.plan.Metric;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Adapters;
import io.bascule.core.port.Authority;
import io.bascule.core.port.DataCarrier;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.HealthProbe;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Resource;
import io.bascule.core.port.Sample;
import io.bascule.core.port.TrafficWindow;
import io.bascule.core.port.Verdict;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Asks the adapters the questions of a run. What cannot be answered is never a pass. */
final class Inquiry {
    private final CutoverPlan plan;
    private final RunId run;
    private final RunState state;
    private final Adapters adapters;
    private final Instant now;
    private final Deadline deadline;

    Inquiry(CutoverPlan plan, RunId run, RunState state, Adapters adapters, Instant now, Deadline deadline) {
        this.plan = plan;
        this.run = run;
        this.state = state;
        this.adapters = adapters;
        this.now = now;
        this.deadline = deadline;
    }

    /** @param known how far the asking act is: some questions need a stretch of time */
    Finding ask(Question question, ActState known) {
        return switch (question) {
            case Question.Survey _ -> throw new IllegalStateException("a survey is taken by the tick");
            case Question.TakeClaims _ -> claims();
            case Question.ReleaseClaims _ -> unclaim();
            case Question.Page page -> page(page);
            case Question.Holds holds -> adapters.probe(holds.means()).probe(deadline);
            case Question.RestoredBackup backup ->
                adapters.backup(backup.dataset()).backupAndRestore(backup.into(), deadline);
            case Question.UnderLoad load ->
                adapters.load().load(load.sides(), load.ratePerSecond(), load.lasts(), load.objectives(), deadline);
            case Question.AnswersAlike alike -> adapters.load().replay(alike.recording(), alike.lasts(), deadline);
            case Question.Completed completed -> adapters.history().completed(completed.run(), deadline);
            case Question.BaselineOver baseline -> baseline(baseline.lasts(), known);
            case Question.ObjectivesHeld objectives -> objectives(objectives);
            case Question.WritesDrained drained ->
                counted(drained.entrance(), "writes in flight", TrafficWindow::writesInFlight);
            case Question.ParkedDrained drained -> counted(drained.entrance(), "writes parked", TrafficWindow::parked);
            case Question.Fenced fenced -> adapters.carrier(fenced.dataset()).provesFenced(fenced.side(), deadline);
            case Question.WriterRefused writer ->
                adapters.writer(writer.writer()).proveRefused(writer.side(), deadline);
            case Question.Drained drained -> adapters.carrier(drained.dataset()).drained(drained.from(), deadline);
            case Question.DataEqual data -> adapters.carrier(data.dataset()).compare(deadline);
            case Question.Connected connected -> connected(connected);
            case Question.Uses uses -> uses(uses);
            case Question.OldTtlOver old -> oldTtl(Ttls.old(state, old.entrance()), known);
            case Question.Ready ready -> ready(ready);
            case Question.Quiet quiet -> quiet(quiet.side(), known);
            case Question.CarriedHome carried -> carriedHome(adapters.carrier(carried.dataset()));
            case Question.UsersOn users -> usersOn(users.side());
            case Question.ScriptPasses script -> adapters.scripts().run(script.script(), deadline);
        };
    }

    /** Carried, and proved equal: a capture that says it has nothing left may have missed something. */
    private Finding carriedHome(DataCarrier carrier) {
        Finding carried = carrier.carryHome(deadline);
        return carried.verdict().passed() ? carrier.compare(deadline) : carried;
    }

    private Finding claims() {
        Instant until = Claims.until(plan, state, now);
        for (Entrance entrance : plan.entrances()) {
            Authority answer = adapters.router(entrance.name()).claim().take(run.text(), until, deadline);
            switch (answer) {
                case Authority.Granted _ -> {}
                case Authority.Denied denied -> {
                    return Finding.of(new Verdict.Fail(entrance.name() + ": " + denied.why()));
                }
                case Authority.Untold untold -> {
                    return Finding.of(new Verdict.Errored(entrance.name() + ": " + untold.why()));
                }
            }
        }
        return Finding.of(new Verdict.Pass("every entrance is claimed for this run"), "until", until);
    }

    private Finding unclaim() {
        for (Entrance entrance : plan.entrances()) {
            Outcome outcome = adapters.router(entrance.name()).claim().release(run.text(), deadline);
            if (!(outcome instanceof Outcome.Done)) {
                return Finding.of(new Verdict.Errored(entrance.name() + ": the claim may still be there"));
            }
        }
        return Finding.of(new Verdict.Pass("no claim is left"));
    }

    private Finding page(Question.Page page) {
        Finding last = Finding.of(new Verdict.NoData("no side named"));
        for (Side side : page.sides()) {
            last = adapters.health(side).check(page.path(), page.status(), deadline);
            if (!last.verdict().passed()) {
                return last;
            }
        }
        return last;
    }

    private Finding baseline(Duration lasts, ActState known) {
        if (known.stage() == ActState.Stage.FRESH || now.isBefore(known.since().plus(lasts))) {
            return Finding.of(new Verdict.Inconclusive("recording for " + lasts.toSeconds() + " s"));
        }
        TreeMap<String, String> facts = new TreeMap<>();
        facts.put("baseline", lasts.toSeconds() + " s");
        for (Metric metric : plan.metrics()) {
            Sample sample =
                    adapters.metrics(metric.from()).sample(metric, Side.SOURCE, now.minus(lasts), now, deadline);
            switch (sample) {
                case Sample.Value value -> facts.put(Baselines.key(metric.name()), "" + value.value());
                case Sample.Absent absent when zero(metric, absent) -> facts.put(Baselines.key(metric.name()), "0.0");
                case Sample.Absent absent -> {
                    return Finding.of(
                            new Verdict.NoData(metric.name() + ": no series, " + absent.requests() + " requests"));
                }
                case Sample.Failed failed -> {
                    return Finding.of(new Verdict.NoData(metric.name() + ": " + failed.why()));
                }
            }
        }
        sourceLoad(now.minus(lasts), lasts).ifPresent(load -> facts.put(Baselines.perSecond(Side.SOURCE), "" + load));
        return new Finding(new Verdict.Pass("the baseline is recorded"), facts);
    }

    /** Resolvers keep an answer for the time to live that it came with. */
    private Finding oldTtl(Duration ttl, ActState known) {
        Instant asked = known.stage() == ActState.Stage.FRESH ? now : known.since();
        boolean over = !now.isBefore(asked.plus(ttl));
        return Finding.of(
                over
                        ? new Verdict.Pass("no resolver has the name with its old time to live")
                        : new Verdict.Inconclusive(
                                "resolvers may keep the name until " + asked.plus(ttl) + " by its old time to live"),
                "oldTtlSeconds",
                ttl.toSeconds());
    }

    /** Requests a second at the source, over all entrances; empty where one does not tell. */
    private OptionalLong sourceLoad(Instant from, Duration lasts) {
        long requests = 0;
        for (Entrance entrance : plan.entrances()) {
            TrafficWindow.Answer answer = adapters.router(entrance.name()).window(from, from.plus(lasts), deadline);
            if (answer.window().isEmpty()) {
                return OptionalLong.empty();
            }
            requests += answer.window().get().source().requests();
        }
        return OptionalLong.of(requests * 1000 / Math.max(1, lasts.toMillis()));
    }

    private static boolean zero(Metric metric, Sample.Absent absent) {
        return metric.zeroWhenRequests().isPresent()
                && absent.requests() >= metric.zeroWhenRequests().getAsLong();
    }

    /** Over the last soak: a census, the observed value against the inclusive bound; each is told with the room it leaves. */
    private Finding objectives(Question.ObjectivesHeld objectives) {
        Instant from = state.soak
                .map(SoakState::begunAt)
                .orElse(now.minus(plan.judgement().over()));
        TreeMap<String, String> facts = new TreeMap<>();
        TreeMap<String, Double> margins = new TreeMap<>();
        List<String> violated = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (Limit limit : objectives.objectives()) {
            Metric metric = plan.metric(limit.metric());
            Sample sample = adapters.metrics(metric.from()).sample(metric, carrying(), from, now, deadline);
            double value;
            if (sample instanceof Sample.Value told) {
                value = told.value();
            } else if (sample instanceof Sample.Absent absent && zero(metric, absent)) {
                value = 0;
            } else {
                missing.add(metric.name() + ": " + sample);
                continue;
            }
            facts.put(metric.name(), "" + value);
            Double before = state.baseline.get(metric.name());
            if (before == null && !limit.isAbsolute()) {
                missing.add(limit.text() + ": there is no baseline of it");
                continue;
            }
            double other = before == null ? 0 : before;
            margins.merge(metric.name() + ".margin", limit.margin(value, other), Math::min);
            if (!limit.holds(value, other)) {
                violated.add(limit.text() + " does not hold: " + value);
            }
        }
        margins.forEach((name, room) -> facts.put(name, signed(room)));
        if (!violated.isEmpty()) {
            facts.put("violated", String.join("; ", violated));
            return new Finding(new Verdict.Fail(facts.get("violated")), facts);
        }
        return new Finding(
                missing.isEmpty()
                        ? new Verdict.Pass("every objective holds")
                        : new Verdict.NoData(String.join("; ", missing)),
                facts);
    }

    /** In the metric's own unit, six decimals at most: {@code +12.5}, {@code -0.004}. */
    private static String signed(double margin) {
        String plain = BigDecimal.valueOf(margin)
                .setScale(6, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
        return margin < 0 ? plain : "+" + plain;
    }

    private Side carrying() {
        return state.usersMoved ? Side.TARGET : Side.SOURCE;
    }

    private Finding counted(String entrance, String what, Function<TrafficWindow, Long> count) {
        TrafficWindow.Answer answer =
                adapters.router(entrance).window(now.minus(plan.judgement().over()), now, deadline);
        if (answer.window().isEmpty()) {
            return Finding.of(new Verdict.NoData(entrance + ": " + answer.why()));
        }
        long left = count.apply(answer.window().get());
        String reason = left + " " + what + " at " + entrance;
        return Finding.of(left == 0 ? new Verdict.Pass(reason) : new Verdict.Inconclusive(reason), "left", left);
    }

    private Finding connected(Question.Connected connected) {
        String wanted = location(connected.dataset(), connected.store());
        return switch (adapters.health(connected.side()).report(deadline)) {
            case HealthProbe.Silent silent -> Finding.of(new Verdict.NoData(silent.why()));
            case HealthProbe.Told told
            when told.healthy() && told.uses(wanted) ->
                Finding.of(
                        new Verdict.Pass(connected.side().word() + " reports that it uses " + wanted),
                        "database",
                        told.database());
            case HealthProbe.Told told ->
                Finding.of(
                        new Verdict.Inconclusive(connected.side().word() + " reports " + told.database()
                                + (told.healthy() ? "" : ", unhealthy") + ", wanted " + wanted),
                        "database",
                        told.database());
        };
    }

    private Finding uses(Question.Uses uses) {
        String wanted = location(uses.dataset(), uses.store());
        return switch (adapters.health(uses.side()).report(deadline)) {
            case HealthProbe.Silent silent -> Finding.of(new Verdict.NoData(silent.why()));
            case HealthProbe.Told told -> {
                String reason = uses.side().word() + " reports that it uses " + told.database();
                Verdict verdict = told.uses(wanted)
                        ? new Verdict.Pass(reason)
                        : new Verdict.Inconclusive(reason + ", wanted " + wanted);
                yield Finding.of(verdict, "database", told.database());
            }
        };
    }

    private String location(String dataset, Side store) {
        return plan.datasets().stream()
                .filter(each -> each.name().equals(dataset))
                .findFirst()
                .flatMap(Dataset::moved)
                .orElseThrow()
                .location(store);
    }

    private Finding ready(Question.Ready ready) {
        Entrance entrance = plan.entrance(ready.entrance());
        TrafficWindow.Answer answer = adapters.router(entrance.name())
                .window(now.minus(plan.judgement().over()), now, deadline);
        if (answer.window().isEmpty()) {
            return Finding.of(new Verdict.NoData(entrance.name() + ": " + answer.why()));
        }
        TrafficWindow.PerSide seen = answer.window().get().of(ready.side());
        if (seen.healthy() < entrance.minHealthy()) {
            return Finding.of(new Verdict.Fail(ready.side().word() + " has " + seen.healthy() + " healthy targets at "
                    + entrance.name() + ", needed " + entrance.minHealthy()
                    + (seen.unwell().isEmpty() ? "" : ": " + seen.unwell())));
        }
        return switch (adapters.health(ready.side()).report(deadline)) {
            case HealthProbe.Silent silent -> Finding.of(new Verdict.NoData(silent.why()));
            case HealthProbe.Told told -> ready(ready, told);
        };
    }

    private Finding ready(Question.Ready ready, HealthProbe.Told told) {
        String who = ready.side().word();
        if (!told.healthy()) {
            return Finding.of(new Verdict.Fail(who + " says it is not healthy"), "database", told.database());
        }
        List<Dataset> moved = plan.movedDatasets().toList();
        boolean own = moved.stream()
                .flatMap(dataset -> dataset.moved().stream())
                .allMatch(data -> told.uses(data.location(ready.side())));
        boolean right = moved.isEmpty() || (ready.frozen() ? own : told.writable());
        String uses = " and uses " + told.database() + (told.writable() ? ", writable" : ", not writable");
        String reason = who + " is healthy" + uses;
        return Finding.of(right ? new Verdict.Pass(reason) : new Verdict.Fail(reason), "database", told.database());
    }

    /** The entrances whose weights this run has intended to change, and which it can empty by restoring them. */
    private List<Entrance> moved() {
        return plan.entrances().stream()
                .filter(entrance -> state.resource(Resource.traffic(entrance.name()))
                        .map(known -> known.pre().get("target").equals("0"))
                        .orElse(false))
                .toList();
    }

    private Finding quiet(Side side, ActState known) {
        Duration interval = plan.judgement().every();
        if (known.stage() == ActState.Stage.FRESH || now.isBefore(known.since().plus(interval))) {
            return Finding.of(new Verdict.Inconclusive("one whole interval is watched first"));
        }
        for (Entrance entrance : moved()) {
            TrafficWindow.Answer answer = adapters.router(entrance.name()).window(now.minus(interval), now, deadline);
            if (answer.window().isEmpty()) {
                return Finding.of(new Verdict.NoData(entrance.name() + ": " + answer.why()));
            }
            TrafficWindow.PerSide seen = answer.window().get().of(side);
            if (seen.requests() > 0 || seen.openConnections() > 0) {
                return Finding.of(new Verdict.Inconclusive(seen.requests() + " requests and " + seen.openConnections()
                        + " connections to the " + side.word() + " at " + entrance.name()));
            }
        }
        return Finding.of(new Verdict.Pass("nobody is left on the " + side.word()));
    }

    private Finding usersOn(Side side) {
        SortedMap<String, String> facts = new TreeMap<>();
        for (Entrance entrance : moved()) {
            for (boolean session : new boolean[] {false, true}) {
                Finding finding = adapters.router(entrance.name()).probe(session, deadline);
                String served = finding.facts().getOrDefault("side", "");
                facts.put(entrance.name() + (session ? " with a session" : " without a session"), served);
                if (!finding.verdict().passed() || !served.equals(side.word())) {
                    return new Finding(
                            new Verdict.Inconclusive(entrance.name() + " is answered by " + served + ": "
                                    + finding.verdict().reason()),
                            facts);
                }
            }
        }
        return new Finding(new Verdict.Pass("every entrance is answered by the " + side.word()), facts);
    }
}
