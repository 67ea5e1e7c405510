package io.bascule.aws.traffic;

import io.bascule.aws.api.Call;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Claim;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The claim on a rule: two tags. Tags have no conditional write, so what was written is read again. */
final class RuleClaim implements Claim {
    private static final String OWNER = "bascule:owner";
    private static final String UNTIL = "bascule:until";
    private final Rule rule;

    RuleClaim(Rule rule) {
        this.rule = rule;
    }

    private static boolean held(Map<String, String> tags, Instant now) {
        return tags.containsKey(OWNER)
                && Instant.parse(tags.getOrDefault(UNTIL, Instant.MAX.toString()))
                        .isAfter(now);
    }

    private static Authority.Denied by(Map<String, String> tags) {
        return new Authority.Denied("held by " + tags.get(OWNER) + " until " + tags.get(UNTIL));
    }

    @Override
    public Authority take(String owner, Instant until, Deadline deadline) {
        Call<Map<String, String>> call = rule.tags(deadline);
        if (!(call instanceof Call.Answered<Map<String, String>>(var tags))) {
            return new Authority.Untold(call.why());
        }
        if (held(tags, rule.calls().clock().instant()) && !owner.equals(tags.get(OWNER))) {
            return by(tags);
        }
        Call<Instant> sent = rule.tag(Map.of(OWNER, owner, UNTIL, until.toString()), deadline);
        return switch (sent) {
            case Call.Answered<Instant> _ -> holds(owner, deadline);
            case Call.Rejected<Instant> rejected when !rejected.again() -> new Authority.Denied(rejected.why());
            case Call<Instant> other -> heldOr(owner, other.why(), deadline);
        };
    }

    @Override
    public Authority holds(String owner, Deadline deadline) {
        Call<Map<String, String>> call = rule.tags(deadline);
        if (!(call instanceof Call.Answered<Map<String, String>>(var tags))) {
            return new Authority.Untold(call.why());
        }
        if (!tags.containsKey(OWNER)) {
            return new Authority.Denied("nobody holds it");
        }
        return owner.equals(tags.get(OWNER)) && held(tags, rule.calls().clock().instant())
                ? new Authority.Granted()
                : by(tags);
    }

    @Override
    public Outcome release(String owner, Deadline deadline) {
        Call<Map<String, String>> call = rule.tags(deadline);
        if (!(call instanceof Call.Answered<Map<String, String>>(var tags))) {
            return new Outcome.Unknown(call.why());
        }
        return owner.equals(tags.get(OWNER))
                ? rule.untag(List.of(OWNER, UNTIL), deadline).outcome(_ -> "")
                : new Outcome.Done("it was not held");
    }

    @Override
    public Authority takeOverStale(String owner, Instant until, Deadline deadline) {
        return take(owner, until, deadline);
    }
}
