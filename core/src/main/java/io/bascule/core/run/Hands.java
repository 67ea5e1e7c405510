package io.bascule.core.run;

import io.bascule.core.plan.PhaseKind;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Detection;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import io.bascule.core.port.Resource;
import io.bascule.core.run.RunEvent.OutcomeRecorded.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Carries a decision out: observes, journals the intent, calls, journals the outcome, reads back. */
final class Hands {
    private static final Duration READ = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(200);
    private final Tick tick;

    Hands(Tick tick) {
        this.tick = tick;
    }

    void perform(Act act, Direction direction) {
        switch (act) {
            case Act.Ask ask when ask.question() instanceof Question.Survey survey -> survey(ask, survey);
            case Act.Ask ask -> ask(ask, direction);
            case Act.Alter alter -> alter(alter, direction);
            case Act.Soak _, Act.Await _ -> throw new IllegalStateException("nothing is done for " + act.id());
        }
    }

    private void ask(Act.Ask ask, Direction direction) {
        ActState known = tick.state().state(ask.id(), direction);
        Finding finding = new Inquiry(
                        tick.plan(),
                        tick.runId(),
                        tick.state(),
                        tick.around().adapters(),
                        tick.now(),
                        Deadline.after(tick.now(), ask.timeOut()))
                .ask(ask.question(), known);
        tick.append(new RunEvent.Measured(
                ask.id(),
                direction,
                finding.verdict().word(),
                finding.facts(),
                finding.verdict().reason()));
    }

    void look(String soak) {
        Optional<Act.Soak> act =
                soak.isEmpty() ? Optional.empty() : tick.program().act(soak).map(Act.Soak.class::cast);
        RunEvent.Judged judged =
                new Look(tick.plan(), tick.state(), tick.around().adapters(), tick.now()).take(act);
        tick.append(judged);
        if (tick.state().drift.isEmpty()) {
            new Drift(tick).find(judged);
        }
    }

    private void survey(Act.Ask ask, Question.Survey survey) {
        TreeMap<String, Image> images = new TreeMap<>();
        TreeMap<String, String> authorities = new TreeMap<>();
        for (Resource resource : tick.program().resources()) {
            Actuator actuator = reach(resource);
            switch (actuator.authorise(deadline())) {
                case Authority.Granted _ -> authorities.put(resource.toString(), "granted");
                case Authority.Untold untold -> authorities.put(resource.toString(), "unknown: " + untold.why());
                case Authority.Denied denied -> {
                    fail(ask, Direction.FORWARD, 0, false, "no permission for " + resource + ": " + denied.why());
                    return;
                }
            }
            switch (actuator.observe(deadline())) {
                case Reading.Seen seen -> images.put(resource.toString(), seen.image());
                case Reading.Unseen unseen -> {
                    fail(ask, Direction.FORWARD, 0, true, resource + " cannot be read: " + unseen.why());
                    return;
                }
            }
        }
        List<Detection> found = tick.around().adapters().detect(Deadline.after(tick.now(), ask.timeOut()));
        List<String> against = found.stream()
                .filter(Detection::failed)
                .map(each -> each.name() + ": " + each.finding().verdict().reason())
                .toList();
        if (!against.isEmpty()) {
            fail(ask, Direction.FORWARD, 0, false, String.join("; ", against));
            return;
        }
        found.forEach(each -> authorities.put(each.name(), each.words()));
        String reason = images.size() + " resources read, every permission asked" + unknown(authorities);
        Optional<String> changed = survey.again() ? difference(images) : Optional.empty();
        if (changed.isPresent()) {
            tick.append(new RunEvent.Surveyed("preflight/survey", images, authorities, reason));
            tick.append(new RunEvent.GateVoided("go", "what was approved has changed: " + changed.get()));
        } else {
            tick.append(new RunEvent.Surveyed(ask.id(), images, authorities, reason));
        }
    }

    /** What nobody could tell, by name: people read it before GO. */
    private static String unknown(SortedMap<String, String> authorities) {
        List<String> names = authorities.entrySet().stream()
                .filter(each -> each.getValue().startsWith("unknown"))
                .map(Map.Entry::getKey)
                .toList();
        return names.isEmpty() ? "" : "; unknown: " + String.join(", ", names);
    }

    private Optional<String> difference(SortedMap<String, Image> images) {
        for (var each : tick.state().surveyed.entrySet()) {
            Image now = images.get(each.getKey());
            boolean ours = tick.state().resource(Resource.parse(each.getKey())).isPresent();
            if (!ours && now != null && !now.sameState(each.getValue())) {
                return Optional.of(each.getKey() + " was " + each.getValue().brief() + ", is " + now.brief());
            }
        }
        return Optional.empty();
    }

    private void alter(Act.Alter alter, Direction direction) {
        Actuator actuator = reach(alter.resource());
        int attempt = tick.state().state(alter.id(), direction).attempts() + 1;
        switch (actuator.observe(deadline())) {
            case Reading.Unseen unseen -> fail(alter, direction, attempt, true, unseen.why());
            case Reading.Seen seen
            when seen.pending().isPresent() ->
                fail(
                        alter,
                        direction,
                        attempt,
                        true,
                        "still under way: " + seen.pending().get().progress());
            case Reading.Seen seen -> alter(alter, direction, attempt, actuator, seen.image());
        }
    }

    private void alter(Act.Alter alter, Direction direction, int attempt, Actuator actuator, Image found) {
        Optional<Instant> until = alter.leased() ? Optional.of(leaseUntil()) : Optional.empty();
        Image wanted = until.map(deadline -> Leases.until(alter.resource().kind(), alter.fields(), found, deadline))
                .orElseGet(() -> new Image(complete(alter, found), new TreeMap<>()));
        Drift drift = new Drift(tick);
        if (drift.isForeignFromTheStart(alter.resource(), found)) {
            drift.hold(alter.resource(), found);
            return;
        }
        if (found.sameState(wanted)) {
            verified(alter, direction, attempt, found, true, "it is so already");
            return;
        }
        if (ranOut(alter.resource(), found)) {
            tick.append(new RunEvent.LeaseExpired(
                    tick.state().freeze().orElseThrow().direction(),
                    alter.resource() + " has fallen back before its deadline by our clock; the freeze is over"));
            return;
        }
        if (drift.isForeign(alter.resource(), found, wanted, direction)) {
            drift.hold(alter.resource(), found);
            return;
        }
        if (direction == Direction.FORWARD && takesFromTheSource(alter, found, wanted)) {
            String why = "the source's capacity is kept until DECOMMISSION: it is " + found.get("amount")
                    + ", the plan says " + wanted.get("amount");
            fail(alter, direction, attempt, false, why);
            return;
        }
        if (!new Claims(tick).allow(alter, direction, attempt)) {
            return;
        }
        Instant notAfter = notAfter(alter, until);
        String token = tick.runId() + "/" + alter.id() + "/" + direction.name().toLowerCase(java.util.Locale.ROOT) + "/"
                + attempt;
        tick.append(new RunEvent.IntentRecorded(
                alter.id(),
                direction,
                attempt,
                alter.resource().toString(),
                found,
                wanted,
                token,
                notAfter,
                actuator.refusesLate(),
                actuator.inParts(),
                until,
                alter.resource() + ": " + found.brief() + " → " + wanted.brief()));
        send(alter, direction, attempt, actuator, new Change(token, notAfter, found, wanted));
    }

    /** While anybody may have to go back to it. */
    private boolean takesFromTheSource(Act.Alter alter, Image found, Image wanted) {
        boolean before = tick.plan()
                .step(alter.step())
                .filter(step -> step.phase().kind() == PhaseKind.DECOMMISSION)
                .isEmpty();
        return before
                && alter.resource().equals(Resource.capacity(Side.SOURCE))
                && ResourceState.amount(wanted) < ResourceState.amount(found);
    }

    private void send(Act.Alter alter, Direction direction, int attempt, Actuator actuator, Change change) {
        if (!tick.around().guard().maySend(change.notAfter()) || !tick.now().isBefore(change.notAfter())) {
            outcome(alter, direction, attempt, Answer.REFUSED, true, "not sent: too late, or no longer ours");
            return;
        }
        switch (actuator.apply(change, Deadline.after(tick.now(), alter.timeOut()))) {
            case Outcome.Done done -> {
                outcome(alter, direction, attempt, Answer.DONE, true, done.changeId());
                readBack(alter, direction, attempt, actuator, change.wanted());
            }
            case Outcome.Refused refused ->
                outcome(alter, direction, attempt, Answer.REFUSED, refused.again(), refused.why());
            case Outcome.Unknown unknown -> outcome(alter, direction, attempt, Answer.UNKNOWN, true, unknown.why());
        }
    }

    /** A write that was accepted is not yet in effect: what is not as wanted yet stays in doubt and is settled later. */
    private void readBack(Act.Alter alter, Direction direction, int attempt, Actuator actuator, Image wanted) {
        if (actuator.observe(deadline()) instanceof Reading.Seen seen
                && seen.pending().isEmpty()
                && seen.image().sameState(wanted)) {
            verified(alter, direction, attempt, seen.image(), false, "read back: " + wanted.brief());
        }
    }

    /** Only observes. Answers when to look again while it cannot be told yet. */
    Optional<Instant> settle(Act.Alter alter, Direction direction) {
        ActState known = tick.state().state(alter.id(), direction);
        RunEvent.IntentRecorded intent = known.intent().orElseThrow();
        int attempt = intent.attempt();
        Actuator actuator = reach(alter.resource());
        if (known.stage() == ActState.Stage.CALLED) {
            actuator.accepted(known.reason());
        }
        Reading reading = actuator.observe(deadline());
        if (!(reading instanceof Reading.Seen seen)) {
            boolean patient = direction == Direction.FORWARD || tick.now().isBefore(intent.notAfter());
            if (!patient) {
                fail(alter, direction, attempt, true, "it cannot be told whether it worked");
            }
            return patient ? Optional.of(tick.now().plus(POLL)) : Optional.empty();
        }
        if (seen.pending().isPresent()) {
            return Optional.of(tick.now().plus(POLL));
        }
        Image found = seen.image();
        if (found.sameState(intent.post())) {
            verified(alter, direction, attempt, found, false, "settled: it is as intended");
        } else if (found.sameState(intent.pre()) || fallenBack(alter, found)) {
            boolean accepted = known.stage() == ActState.Stage.CALLED;
            if (accepted && tick.now().isBefore(known.at().plus(Pace.VALID))) {
                return Optional.of(tick.now().plus(POLL));
            }
            fail(alter, direction, attempt, true, "settled: it is as it was before");
        } else if (new Drift(tick).isForeign(alter.resource(), found, intent.post(), direction)) {
            new Drift(tick).hold(alter.resource(), found);
            fail(alter, direction, attempt, true, "settled: someone else changed it");
        } else {
            fail(alter, direction, attempt, true, "settled: another of our own changes is there");
        }
        return Optional.empty();
    }

    /** A name's record has fields that a step leaves as they are; what is sent is the whole of it. */
    private static SortedMap<String, String> complete(Act.Alter alter, Image found) {
        if (alter.resource().kind() != Resource.Kind.DNS) {
            return alter.fields();
        }
        TreeMap<String, String> whole = new TreeMap<>(found.owned());
        whole.putAll(alter.fields());
        return whole;
    }

    /** A lease of this freeze that was seen in force is gone: the authority's clock counts, not ours. */
    private boolean ranOut(Resource resource, Image found) {
        Optional<Instant> until = tick.state().freeze().map(Freeze::until);
        return until.isPresent()
                && tick.state()
                        .resource(resource)
                        .map(known ->
                                Leases.deadline(known.expected()).equals(until) && found.sameState(known.fallback()))
                        .orElse(false);
    }

    private boolean fallenBack(Act.Alter alter, Image found) {
        return tick.state()
                .resource(alter.resource())
                .map(known -> known.leased() && found.sameState(known.fallback()))
                .orElse(false);
    }

    /** One deadline for everything in a freeze: set by the first intent of it. */
    private Instant leaseUntil() {
        return tick.state().freeze().map(Freeze::until).orElseGet(() -> Freezes.until(tick.plan(), tick.now()));
    }

    private Instant notAfter(Act.Alter alter, Optional<Instant> until) {
        Duration valid = alter.timeOut().compareTo(Pace.VALID) < 0 ? alter.timeOut() : Pace.VALID;
        Instant notAfter = tick.now().plus(valid);
        Optional<Instant> end = until.or(() -> tick.state().freeze().map(Freeze::until));
        return end.filter(e -> e.isBefore(notAfter)).orElse(notAfter);
    }

    private void verified(
            Act.Alter alter, Direction direction, int attempt, Image found, boolean adopted, String reason) {
        tick.append(new RunEvent.StepVerified(
                alter.id(), direction, attempt, alter.resource().toString(), found, adopted, reason));
    }

    private void outcome(
            Act.Alter alter, Direction direction, int attempt, Answer answer, boolean again, String reason) {
        tick.append(new RunEvent.OutcomeRecorded(alter.id(), direction, attempt, answer, again, reason));
    }

    private void fail(Act act, Direction direction, int attempt, boolean again, String why) {
        tick.append(new RunEvent.StepFailed(act.id(), direction, attempt, again, why));
    }

    private Actuator reach(Resource resource) {
        return Reach.actuator(tick.plan(), tick.around().adapters(), resource);
    }

    private Deadline deadline() {
        return Deadline.after(tick.now(), READ);
    }
}
