package io.bascule.aws.name;

import io.bascule.aws.api.Call;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Verdict;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.route53.model.HealthCheckObservation;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** The health check that the target's records carry: that it is the plan's, and green. Safe for threads. */
final class TargetCheck {
    private final HealthChecks checks;
    private final String name;
    private volatile String known = "";

    TargetCheck(HealthChecks checks, String name) {
        this.checks = checks;
        this.name = name;
    }

    /** Why the target may not be given traffic by it; empty when it may. What is not known is a reason. */
    Optional<String> against(NameRecords records, Deadline deadline) {
        for (RRType type : records.sides().types()) {
            Optional<String> id = records.target(type).map(ResourceRecordSet::healthCheckId);
            if (id.isEmpty()) {
                return Optional.of("the target's " + type + " record carries no health check");
            }
            Optional<String> other = isNot(id.get(), records.sides().record(), deadline);
            if (other.isPresent()) {
                return other;
            }
        }
        return status(deadline);
    }

    /** Whose that is; asked for once, for an id never comes to mean another one. */
    private Optional<String> isNot(String id, String record, Deadline deadline) {
        if (id.equals(known)) {
            return Optional.empty();
        }
        Call<String> call = checks.idFor(name, record, deadline);
        if (!(call instanceof Call.Answered<String>(String named))) {
            return Optional.of(call.why());
        }
        known = named;
        return id.equals(named)
                ? Optional.empty()
                : Optional.of("the target's record carries the health check " + id + ", and " + name + " is " + named);
    }

    private Optional<String> status(Deadline deadline) {
        Call<List<HealthCheckObservation>> call = checks.status(known, deadline);
        if (!(call instanceof Call.Answered<List<HealthCheckObservation>>(var told))) {
            return Optional.of("the status of the health check " + name + " is not known: " + call.why());
        }
        Verdict verdict =
                HealthCheckRule.judge(told, checks.calls().clock().instant()).verdict();
        return verdict.passed() ? Optional.empty() : Optional.of("the health check " + name + ": " + verdict.reason());
    }
}
