package io.bascule.aws.configure;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.OneField;
import io.bascule.aws.api.Simulation;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;

/**
 * Which version of a secret is current, by the field {@code version}. Secrets themselves are never read. Moving the
 * label names the version it is taken from, so it is a compare-and-set.
 */
final class SecretVersion extends OneField {
    private static final String CURRENT = "AWSCURRENT";
    private final String secret;

    SecretVersion(Clients clients, Calls calls, String region, String secret) {
        super(clients, calls, region, Set.of("version"));
        this.secret = secret;
    }

    @Override
    protected Call<Found<DescribeSecretResponse>> read(Deadline deadline) {
        Call<DescribeSecretResponse> call = calls.send(
                deadline,
                within -> clients.secrets(region)
                        .describeSecret(get -> get.secretId(secret).overrideConfiguration(within)));
        if (call instanceof Call.Answered<DescribeSecretResponse>(var answer)
                && current(answer).isEmpty()) {
            return new Call.Rejected<>("", secret + " has no current version", false);
        }
        return call.map(answer -> new Found<>(
                Image.of("version", current(answer))
                        .withContext(
                                "versions", "" + answer.versionIdsToStages().size()),
                answer));
    }

    private static String current(DescribeSecretResponse answer) {
        return answer.versionIdsToStages().entrySet().stream()
                .filter(each -> each.getValue().contains(CURRENT))
                .map(each -> each.getKey())
                .findFirst()
                .orElse("");
    }

    @Override
    protected Outcome write(Found<?> found, Image wanted, Deadline deadline) {
        return calls.send(
                        deadline,
                        within -> clients.secrets(region)
                                .updateSecretVersionStage(move -> move.secretId(secret)
                                        .versionStage(CURRENT)
                                        .removeFromVersionId(found.image().get("version"))
                                        .moveToVersionId(wanted.get("version"))
                                        .overrideConfiguration(within)))
                .outcome(_ -> "");
    }

    @Override
    protected Authority mayChange(Found<?> found, Deadline deadline) {
        return new Simulation(clients, calls, region)
                .ask(
                        List.of("secretsmanager:UpdateSecretVersionStage"),
                        ((DescribeSecretResponse) found.value()).arn(),
                        true,
                        deadline);
    }
}
