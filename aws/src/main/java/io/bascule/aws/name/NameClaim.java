package io.bascule.aws.name;

import io.bascule.aws.api.Call;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Claim;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.route53.model.ChangeInfo;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** The claim on a name: a TXT record {@code _bascule.NAME}, taken and given up by compare-and-set. */
final class NameClaim implements Claim {
    private static final long TTL = 60;
    private static final Pattern MARK = Pattern.compile("\"owner=(\\S+) until=(\\S+)\"");
    private final Zone zone;
    private final String record;

    NameClaim(Zone zone, String record) {
        this.zone = zone;
        this.record = Names.canonical("_bascule." + record.replaceFirst("^\\\\052\\.", "any."));
    }

    private record Mark(String owner, Instant until) {}

    private Call<List<ResourceRecordSet>> read(Deadline deadline) {
        return zone.read(record, deadline)
                .map(sets ->
                        sets.stream().filter(set -> set.type() == RRType.TXT).toList());
    }

    private static Optional<Mark> mark(List<ResourceRecordSet> sets) {
        return sets.stream()
                .flatMap(set -> set.resourceRecords().stream())
                .map(value -> MARK.matcher(value.value()))
                .filter(Matcher::matches)
                .map(match -> new Mark(match.group(1), Instant.parse(match.group(2))))
                .findFirst();
    }

    private List<ResourceRecordSet> marked(String owner, Instant until) {
        return List.of(ResourceRecordSet.builder()
                .name(record)
                .type(RRType.TXT)
                .ttl(TTL)
                .resourceRecords(ResourceRecord.builder()
                        .value("\"owner=" + owner + " until=" + until + "\"")
                        .build())
                .build());
    }

    private Instant now() {
        return zone.calls().clock().instant();
    }

    @Override
    public Authority take(String owner, Instant until, Deadline deadline) {
        Call<List<ResourceRecordSet>> call = read(deadline);
        if (!(call instanceof Call.Answered<List<ResourceRecordSet>>(var seen))) {
            return new Authority.Untold(call.why());
        }
        Optional<Mark> mark = mark(seen);
        if (seen.size() > 0 && mark.isEmpty()) {
            return new Authority.Denied(record + " is there and is no claim of ours");
        }
        if (mark.filter(m -> !m.owner().equals(owner) && m.until().isAfter(now()))
                .isPresent()) {
            return new Authority.Denied(
                    "held by " + mark.get().owner() + " until " + mark.get().until());
        }
        if (mark.filter(m -> m.equals(new Mark(owner, until))).isPresent()) {
            return new Authority.Granted();
        }
        Call<ChangeInfo> sent = zone.replace(seen, marked(owner, until), "bascule claim of " + owner, deadline);
        return switch (sent) {
            case Call.Answered<ChangeInfo> _ -> new Authority.Granted();
            case Call.Rejected<ChangeInfo> rejected when !rejected.again() -> new Authority.Denied(rejected.why());
            case Call<ChangeInfo> other -> heldOr(owner, other.why(), deadline);
        };
    }

    @Override
    public Authority holds(String owner, Deadline deadline) {
        Call<List<ResourceRecordSet>> call = read(deadline);
        if (!(call instanceof Call.Answered<List<ResourceRecordSet>>(var seen))) {
            return new Authority.Untold(call.why());
        }
        Optional<Mark> mark = mark(seen);
        if (mark.isEmpty()) {
            return new Authority.Denied("nobody holds it");
        }
        boolean holds = mark.get().owner().equals(owner) && mark.get().until().isAfter(now());
        return holds
                ? new Authority.Granted()
                : new Authority.Denied(
                        "held by " + mark.get().owner() + " until " + mark.get().until());
    }

    @Override
    public Outcome release(String owner, Deadline deadline) {
        Call<List<ResourceRecordSet>> call = read(deadline);
        if (!(call instanceof Call.Answered<List<ResourceRecordSet>>(var seen))) {
            return new Outcome.Unknown(call.why());
        }
        if (mark(seen).filter(mark -> mark.owner().equals(owner)).isEmpty()) {
            return new Outcome.Done("it was not held");
        }
        return zone.replace(seen, List.of(), "bascule claim given up by " + owner, deadline)
                .outcome(ChangeInfo::id);
    }

    @Override
    public Authority takeOverStale(String owner, Instant until, Deadline deadline) {
        return take(owner, until, deadline);
    }
}
