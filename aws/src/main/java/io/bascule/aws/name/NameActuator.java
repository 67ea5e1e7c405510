package io.bascule.aws.name;

import io.bascule.aws.api.Allowance;
import io.bascule.aws.api.Call;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.route53.model.ChangeInfo;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * One of the two resources that lie on a name's records: its weights, or its time to live and form. A change is one
 * batch that deletes exactly what was just seen and creates what is wanted, so it is a compare-and-set; an answer that
 * does not come, or that says no, is held against what is there before it is believed. Safe for threads.
 */
final class NameActuator implements Actuator {
    private final Zone zone;
    private final Sides sides;
    private final Allowance allowance;
    private final Function<NameRecords, Image> image;
    private final Planner planner;
    private final NameServers servers;
    private volatile UnderWay underWay = UnderWay.NOTHING;

    /** Which records a wanted image asks for, given those that were just read. */
    private interface Planner {
        Call<NameRecords.Plan> plan(NameRecords records, Image wanted, Deadline deadline);
    }

    /** A change accepted and not seen in sync yet. */
    private record UnderWay(String changeId, String token, Instant lookedAt) {
        static final UnderWay NOTHING = new UnderWay("", "", Instant.EPOCH);
    }

    private NameActuator(
            Zone zone,
            Sides sides,
            Allowance allowance,
            NameServers servers,
            Function<NameRecords, Image> image,
            Planner planner) {
        this.zone = zone;
        this.sides = sides;
        this.allowance = allowance;
        this.servers = servers;
        this.image = image;
        this.planner = planner;
    }

    static NameActuator weights(Zone zone, Sides sides, Allowance allowance, NameServers servers) {
        Planner planner = (records, wanted, deadline) -> records.attaches(wanted)
                ? zone.checks()
                        .idFor(sides.check().orElseThrow(), sides.record(), deadline)
                        .map(id -> records.weights(wanted, Optional.of(id)))
                : new Call.Answered<>(records.weights(wanted));
        return new NameActuator(zone, sides, allowance, servers, NameRecords::traffic, planner);
    }

    static NameActuator preparation(Zone zone, Sides sides, Allowance allowance, NameServers servers) {
        Planner planner = (records, wanted, _) -> new Call.Answered<>(records.prepared(wanted));
        return new NameActuator(zone, sides, allowance, servers, NameRecords::preparation, planner);
    }

    @Override
    public Authority authorise(Deadline deadline) {
        return zone.read(sides.record(), deadline).authority(_ -> zone.mayChange(deadline));
    }

    /** What an exact DELETE does not find any more, it does not delete. */
    @Override
    public boolean refusesLate() {
        return true;
    }

    @Override
    public void accepted(String changeId) {
        if (!changeId.isEmpty() && !underWay.changeId().equals(changeId)) {
            underWay = new UnderWay(changeId, "", Instant.EPOCH);
        }
    }

    @Override
    public Reading observe(Deadline deadline) {
        Call<List<ResourceRecordSet>> call = zone.read(sides.record(), deadline);
        if (!(call instanceof Call.Answered<List<ResourceRecordSet>>(var sets))) {
            return new Reading.Unseen(call.why());
        }
        NameRecords records = new NameRecords(sides, sets);
        Optional<String> fault = records.fault();
        return fault.isPresent()
                ? new Reading.Unseen(fault.get())
                : new Reading.Seen(image.apply(records), pending(records, deadline));
    }

    private Optional<Reading.Pending> pending(NameRecords records, Deadline deadline) {
        UnderWay waiting = underWay;
        if (waiting.changeId().isEmpty()) {
            return Optional.empty();
        }
        Instant now = zone.calls().clock().instant();
        if (now.isBefore(waiting.lookedAt().plus(servers.between()))) {
            return Optional.of(new Reading.Pending(waiting.token(), "change " + waiting.changeId()));
        }
        Optional<String> behind = behind(waiting, records, deadline);
        underWay = behind.isPresent() ? new UnderWay(waiting.changeId(), waiting.token(), now) : UnderWay.NOTHING;
        return behind.map(what -> new Reading.Pending(waiting.token(), what));
    }

    /** What has not caught up yet; a change that AWS has forgotten is old and long in sync. */
    private Optional<String> behind(UnderWay waiting, NameRecords records, Deadline deadline) {
        return switch (zone.inSync(waiting.changeId(), deadline)) {
            case Call.Answered<Boolean>(Boolean inSync) when inSync -> servers.behind(records, deadline);
            case Call.Rejected<Boolean> rejected
            when rejected.code().equals("NoSuchChange") -> servers.behind(records, deadline);
            case Call.Answered<Boolean> _ -> Optional.of("change " + waiting.changeId() + " is PENDING");
            case Call<Boolean> other -> Optional.of("change " + waiting.changeId() + ": " + other.why());
        };
    }

    @Override
    public Outcome apply(Change change, Deadline deadline) {
        Instant now = zone.calls().clock().instant();
        if (now.isAfter(change.notAfter())) {
            return new Outcome.Refused("too late: not after " + change.notAfter(), false);
        }
        Call<List<ResourceRecordSet>> call = zone.read(sides.record(), deadline);
        if (!(call instanceof Call.Answered<List<ResourceRecordSet>>(var seen))) {
            return new Outcome.Refused("not sent, for it could not be read: " + call.why(), true);
        }
        NameRecords records = new NameRecords(sides, seen);
        Optional<String> fault = records.fault();
        if (fault.isPresent()) {
            return new Outcome.Refused(fault.get(), false);
        }
        Image found = image.apply(records);
        if (found.sameState(change.wanted())) {
            return new Outcome.Done("");
        }
        if (!found.sameState(change.expected())) {
            return new Outcome.Refused("someone else has changed it: " + found.brief(), false);
        }
        Call<NameRecords.Plan> planned = planner.plan(records, change.wanted(), deadline);
        if (!(planned instanceof Call.Answered<NameRecords.Plan>(var wanted))) {
            boolean again = !(planned instanceof Call.Rejected<NameRecords.Plan> rejected) || rejected.again();
            return new Outcome.Refused("not sent: " + planned.why(), again);
        }
        if (!wanted.no().isEmpty()) {
            return new Outcome.Refused(wanted.no(), false);
        }
        if (!allowance.take(Allowance.isWayBack(change.token()), now)) {
            return new Outcome.Refused("not sent: as many changes as Route 53 takes were asked for", true);
        }
        return send(change, seen, wanted, deadline);
    }

    private Outcome send(Change change, List<ResourceRecordSet> seen, NameRecords.Plan wanted, Deadline deadline) {
        Call<ChangeInfo> call = zone.replace(seen, wanted.after(), "bascule " + change.token(), deadline);
        return switch (call) {
            case Call.Answered<ChangeInfo>(ChangeInfo info) -> {
                underWay = new UnderWay(info.id(), change.token(), Instant.EPOCH);
                yield new Outcome.Done(info.id());
            }
            case Call.Rejected<ChangeInfo> rejected -> doubted(change, deadline, rejected);
            case Call.Lost<ChangeInfo> lost -> doubted(change, deadline, lost);
            case Call.NotSent<ChangeInfo> notSent -> notSent.outcome(ChangeInfo::id);
        };
    }

    /** A no may be the answer to a request that somebody on the way sent twice: what is there decides. */
    private Outcome doubted(Change change, Deadline deadline, Call<ChangeInfo> answer) {
        Call<List<ResourceRecordSet>> again = zone.read(sides.record(), deadline);
        boolean there = again instanceof Call.Answered<List<ResourceRecordSet>>(var sets)
                && image.apply(new NameRecords(sides, sets)).sameState(change.wanted());
        return there ? new Outcome.Done("") : answer.outcome(ChangeInfo::id);
    }
}
