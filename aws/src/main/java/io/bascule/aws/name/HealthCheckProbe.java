package io.bascule.aws.name;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Patience;
import io.bascule.core.plan.Settings;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Probe;
import io.bascule.core.port.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.route53.model.HealthCheck;
import software.amazon.awssdk.services.route53.model.HealthCheckObservation;

/** Waits for a health check to be green, see {@link HealthCheckRule}, until the deadline comes. Safe for threads. */
public final class HealthCheckProbe implements Probe {
    /** A checker asks every ten seconds at most. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private final HealthChecks checks;
    private final String name;
    private final Patience patience;

    public HealthCheckProbe(Settings means, Clients clients, Calls calls) {
        this(means, clients, calls, new Patience(calls.clock(), BETWEEN_LOOKS));
    }

    HealthCheckProbe(Settings means, Clients clients, Calls calls, Patience patience) {
        this.checks = new HealthChecks(clients, calls, means.need("region"));
        this.name = means.need("name");
        this.patience = patience;
    }

    @Override
    public Finding probe(Deadline deadline) {
        return patience.until(finding -> finding.verdict().passed(), () -> look(deadline), deadline);
    }

    private Finding look(Deadline deadline) {
        Call<Optional<HealthCheck>> call = checks.find(name, deadline);
        if (!(call instanceof Call.Answered<Optional<HealthCheck>>(var found))) {
            return unread(call.why());
        }
        if (found.isEmpty()) {
            return Finding.of(new Verdict.Fail("there is no health check " + name));
        }
        boolean blind = HealthCheckForm.isTrue(found.get().healthCheckConfig().disabled())
                || HealthCheckForm.isTrue(found.get().healthCheckConfig().inverted());
        return blind
                ? Finding.of(new Verdict.Fail("the health check " + name + " is disabled or inverted: whatever its"
                        + " checkers see, Route 53 goes by something else"))
                : status(found.get().id(), deadline);
    }

    private Finding status(String id, Deadline deadline) {
        Call<List<HealthCheckObservation>> call = checks.status(id, deadline);
        return call instanceof Call.Answered<List<HealthCheckObservation>>(var told)
                ? HealthCheckRule.judge(told, checks.calls().clock().instant())
                : unread(call.why());
    }

    private Finding unread(String why) {
        return Finding.of(new Verdict.NoData("the health check " + name + " cannot be read: " + why));
    }
}
