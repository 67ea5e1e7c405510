package io.bascule.aws.name;

import io.bascule.aws.api.Clients;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.CreateHealthCheckRequest;
import software.amazon.awssdk.services.route53.model.CreateHealthCheckResponse;
import software.amazon.awssdk.services.route53.model.DeleteHealthCheckRequest;
import software.amazon.awssdk.services.route53.model.DeleteHealthCheckResponse;
import software.amazon.awssdk.services.route53.model.GetHealthCheckStatusRequest;
import software.amazon.awssdk.services.route53.model.GetHealthCheckStatusResponse;
import software.amazon.awssdk.services.route53.model.HealthCheck;
import software.amazon.awssdk.services.route53.model.HealthCheckConfig;
import software.amazon.awssdk.services.route53.model.HealthCheckObservation;
import software.amazon.awssdk.services.route53.model.ListHealthChecksRequest;
import software.amazon.awssdk.services.route53.model.ListHealthChecksResponse;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * Health checks as Route 53 documents them where no peer models it: references that are remembered after deletion, what
 * checkers say, and faults. Lists come one a page.
 */
final class FakeChecks implements Route53Client {
    final Map<String, HealthCheck> checks = new LinkedHashMap<>();
    final List<ResourceRecordSet> records = new ArrayList<>();
    final List<String> asked = new ArrayList<>();
    /** Operations that end so, the next time; the change is made all the same where the value says so. */
    final Map<String, Fault> faults = new LinkedHashMap<>();

    Function<String, List<HealthCheckObservation>> status = _ -> List.of();
    /** How many lists do not yet know what is there. */
    int staleLists;

    private final Set<String> used = new HashSet<>();
    private int made;

    /** @param done whether what was asked is done before it fails */
    record Fault(AwsServiceException error, boolean done) {}

    Clients clients() {
        return Clients.of(this);
    }

    static AwsServiceException error(int status, String code) {
        return AwsServiceException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("as the test wants it")
                        .build())
                .build();
    }

    private <T> T ask(String operation, Supplier<T> answer) {
        asked.add(operation);
        Fault fault = faults.remove(operation);
        if (fault == null) {
            return answer.get();
        }
        if (fault.done()) {
            T _ = answer.get();
        }
        throw fault.error();
    }

    /** Somebody changes it past Bascule. */
    void edit(String id, Function<HealthCheckConfig.Builder, HealthCheckConfig.Builder> edit) {
        checks.computeIfPresent(
                id,
                (_, check) -> check.toBuilder()
                        .healthCheckVersion(check.healthCheckVersion() + 1)
                        .healthCheckConfig(edit.apply(check.healthCheckConfig().toBuilder())
                                .build())
                        .build());
    }

    HealthCheck only() {
        if (checks.size() != 1) {
            throw new AssertionError(checks);
        }
        return checks.values().iterator().next();
    }

    @Override
    public CreateHealthCheckResponse createHealthCheck(CreateHealthCheckRequest request) {
        return ask("CreateHealthCheck", () -> created(request));
    }

    private CreateHealthCheckResponse created(CreateHealthCheckRequest request) {
        if (request.callerReference().length() > 64) {
            throw error(400, "InvalidInput");
        }
        for (HealthCheck each : checks.values()) {
            if (each.callerReference().equals(request.callerReference())) {
                if (!each.healthCheckConfig().equals(request.healthCheckConfig())) {
                    throw error(409, "HealthCheckAlreadyExists");
                }
                return CreateHealthCheckResponse.builder().healthCheck(each).build();
            }
        }
        if (!used.add(request.callerReference())) {
            throw error(409, "HealthCheckAlreadyExists");
        }
        String id = "hc-" + ++made;
        HealthCheck check = HealthCheck.builder()
                .id(id)
                .callerReference(request.callerReference())
                .healthCheckConfig(request.healthCheckConfig())
                .healthCheckVersion(1L)
                .build();
        checks.put(id, check);
        return CreateHealthCheckResponse.builder().healthCheck(check).build();
    }

    @Override
    public DeleteHealthCheckResponse deleteHealthCheck(DeleteHealthCheckRequest request) {
        return ask("DeleteHealthCheck", () -> {
            if (checks.remove(request.healthCheckId()) == null) {
                throw error(404, "NoSuchHealthCheck");
            }
            return DeleteHealthCheckResponse.builder().build();
        });
    }

    @Override
    public ListHealthChecksResponse listHealthChecks(ListHealthChecksRequest request) {
        return ask("ListHealthChecks", () -> {
            List<HealthCheck> all = staleLists-- > 0 ? List.of() : List.copyOf(checks.values());
            int from = request.marker() == null ? 0 : Integer.parseInt(request.marker());
            boolean more = from + 1 < all.size();
            return ListHealthChecksResponse.builder()
                    .healthChecks(all.subList(Math.min(from, all.size()), Math.min(from + 1, all.size())))
                    .isTruncated(more)
                    .nextMarker(more ? "" + (from + 1) : null)
                    .build();
        });
    }

    @Override
    public GetHealthCheckStatusResponse getHealthCheckStatus(GetHealthCheckStatusRequest request) {
        return ask("GetHealthCheckStatus", () -> {
            if (!checks.containsKey(request.healthCheckId())) {
                throw error(404, "NoSuchHealthCheck");
            }
            return GetHealthCheckStatusResponse.builder()
                    .healthCheckObservations(status.apply(request.healthCheckId()))
                    .build();
        });
    }

    @Override
    public ListResourceRecordSetsResponse listResourceRecordSets(ListResourceRecordSetsRequest request) {
        return ask(
                "ListResourceRecordSets",
                () -> ListResourceRecordSetsResponse.builder()
                        .resourceRecordSets(records)
                        .isTruncated(false)
                        .build());
    }

    @Override
    public String serviceName() {
        return "route53";
    }

    @Override
    public void close() {}
}
