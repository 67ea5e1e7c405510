package io.bascule.aws.traffic;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Gap;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import java.util.Optional;

/**
 * The {@code TRAFFIC} resource of a rule: two target groups of its forward action. Read, compared and written, for there
 * is no conditional write: what is edited between our last read and our write is lost, so the time between is kept short
 * and measured. Safe for threads.
 */
final class RuleWeights implements Actuator {
    private final Rule rule;
    private final String source;
    private final String target;

    RuleWeights(Rule rule, String source, String target) {
        this.rule = rule;
        this.source = source;
        this.target = target;
    }

    @Override
    public Authority authorise(Deadline deadline) {
        return rule.read(deadline).authority(read -> rule.mayChange(read, deadline));
    }

    private Forwarding forwarding(Rule.Read read) {
        return new Forwarding(read.actions(), source, target);
    }

    @Override
    public Reading observe(Deadline deadline) {
        Call<Rule.Read> call = rule.read(deadline);
        if (!(call instanceof Call.Answered<Rule.Read>(var read))) {
            return new Reading.Unseen(call.why());
        }
        Forwarding forwarding = forwarding(read);
        Optional<String> fault = forwarding.fault();
        return fault.isPresent() ? new Reading.Unseen(fault.get()) : new Reading.Seen(forwarding.image());
    }

    @Override
    public Outcome apply(Change change, Deadline deadline) {
        if (rule.calls().clock().instant().isAfter(change.notAfter())) {
            return new Outcome.Refused("too late: not after " + change.notAfter(), false);
        }
        Gap gap = Gap.begin();
        Call<Rule.Read> call = rule.read(deadline);
        if (!(call instanceof Call.Answered<Rule.Read>(var read))) {
            return new Outcome.Refused("not sent, for it could not be read: " + call.why(), true);
        }
        Forwarding forwarding = forwarding(read);
        Optional<String> fault = forwarding.fault();
        if (fault.isPresent()) {
            return new Outcome.Refused(fault.get(), false);
        }
        Image found = forwarding.image();
        if (found.sameState(change.wanted())) {
            return new Outcome.Done("");
        }
        if (!found.sameState(change.expected())) {
            return new Outcome.Refused("someone else has changed it: " + found.brief(), false);
        }
        Forwarding.Plan plan = forwarding.with(change.wanted());
        return plan.no().isEmpty()
                ? sent(change, rule.write(read, plan.after(), deadline), gap.end(), deadline)
                : new Outcome.Refused(plan.no(), false);
    }

    private Outcome sent(Change change, Call<String> call, String gap, Deadline deadline) {
        if (call instanceof Call.Lost<String>
                && observe(deadline) instanceof Reading.Seen seen
                && seen.image().sameState(change.wanted())) {
            return new Outcome.Done("the answer was lost, the change is there");
        }
        return call.outcome(_ -> gap);
    }
}
