package io.bascule.aws.name;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Pages;
import io.bascule.core.port.Deadline;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.HealthCheck;
import software.amazon.awssdk.services.route53.model.HealthCheckConfig;
import software.amazon.awssdk.services.route53.model.HealthCheckObservation;

/**
 * The calls to health checks of Route 53. AWS gives them no name: the plan's stands in their caller reference, by which
 * any process finds them again. Safe for threads.
 */
final class HealthChecks {
    private final Clients clients;
    private final Calls calls;
    private final String region;

    HealthChecks(Clients clients, Calls calls, String region) {
        this.clients = clients;
        this.calls = calls;
        this.region = region;
    }

    Calls calls() {
        return calls;
    }

    private Route53Client client() {
        return clients.route53(region);
    }

    /** What the reference of every health check of that name begins with. */
    static String prefix(String name) {
        return "bascule:" + name + ":";
    }

    /** The one of that name; two of them are nobody's whole answer. */
    Call<Optional<HealthCheck>> find(String name, Deadline deadline) {
        return all(deadline).then(all -> {
            List<HealthCheck> named = all.stream()
                    .filter(each -> String.valueOf(each.callerReference()).startsWith(prefix(name)))
                    .toList();
            return named.size() > 1
                    ? new Call.Rejected<>(
                            "",
                            named.size() + " health checks are called " + name + ": "
                                    + named.stream().map(HealthCheck::id).toList(),
                            false)
                    : new Call.Answered<>(named.stream().findFirst());
        });
    }

    private Call<List<HealthCheck>> all(Deadline deadline) {
        return Pages.all(
                marker -> calls.send(
                        deadline,
                        within -> client().listHealthChecks(list -> {
                            list.overrideConfiguration(within);
                            marker.ifPresent(list::marker);
                        })),
                answer -> answer.healthChecks(),
                answer -> HealthCheckForm.isTrue(answer.isTruncated()) ? answer.nextMarker() : null);
    }

    /**
     * The id of the one of that name, for the records of a name to carry: refused where there is none, and where it asks
     * that very name, which both sides answer.
     */
    Call<String> idFor(String name, String record, Deadline deadline) {
        return find(name, deadline).then(found -> {
            if (found.isEmpty()) {
                return new Call.Rejected<>(
                        "", "there is no health check " + name + ": a 'configure' step makes it", false);
            }
            HealthCheckConfig config = found.get().healthCheckConfig();
            boolean itself = config.ipAddress() == null
                    && config.fullyQualifiedDomainName() != null
                    && Names.canonical(config.fullyQualifiedDomainName()).equals(record);
            return itself
                    ? new Call.Rejected<>(
                            "",
                            "the health check " + name + " asks " + record
                                    + " itself, which both sides answer: give it the target's 'address'",
                            false)
                    : new Call.Answered<>(found.get().id());
        });
    }

    /** AWS answers with the one that is there when the same reference asks for the same once more. */
    Call<HealthCheck> create(String reference, HealthCheckConfig config, Deadline deadline) {
        return calls.send(
                        deadline,
                        within -> client().createHealthCheck(create -> create.callerReference(reference)
                                .healthCheckConfig(config)
                                .overrideConfiguration(within)))
                .map(answer -> answer.healthCheck());
    }

    /** AWS does not ask whether a record carries it. */
    Call<String> delete(String id, Deadline deadline) {
        return calls.send(
                        deadline,
                        within -> client().deleteHealthCheck(
                                        delete -> delete.healthCheckId(id).overrideConfiguration(within)))
                .map(_ -> id);
    }

    /** What each checker last saw. */
    Call<List<HealthCheckObservation>> status(String id, Deadline deadline) {
        return calls.send(
                        deadline,
                        within -> client().getHealthCheckStatus(
                                        get -> get.healthCheckId(id).overrideConfiguration(within)))
                .map(answer -> answer.healthCheckObservations());
    }
}
