package io.bascule.aws.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.aws.api.Iam.Evaluation;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** What is made of IAM's simulation, over a fake IAM that decides as a test says. */
class SimulationTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String ROLE = "arn:aws:iam::123456789012:role/teams/web/cutover";
    private static final String MODIFY = "elasticloadbalancing:ModifyRule";
    private static final String TAG = "elasticloadbalancing:AddTags";

    private final Map<String, Evaluation> decisions = new HashMap<>();
    private final List<String> simulatedFor = new ArrayList<>();
    private String caller = "arn:aws:sts::123456789012:assumed-role/cutover/session";
    private boolean mayNot;
    private int callers;

    private final class FakeIam implements Iam {
        @Override
        public String roleArn(String role, AwsRequestOverrideConfiguration within) {
            assertThat(role).isEqualTo("cutover");
            return ROLE;
        }

        @Override
        public List<Evaluation> simulate(
                String principal, List<String> actions, String resource, AwsRequestOverrideConfiguration within) {
            if (mayNot) {
                throw AwsServiceException.builder()
                        .statusCode(403)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("AccessDenied")
                                .errorMessage("not you")
                                .build())
                        .build();
            }
            simulatedFor.add(principal);
            return actions.stream()
                    .filter(decisions::containsKey)
                    .map(decisions::get)
                    .toList();
        }
    }

    private final class FakeSts implements StsClient {
        @Override
        public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
            callers++;
            return GetCallerIdentityResponse.builder().arn(caller).build();
        }

        @Override
        public String serviceName() {
            return "sts";
        }

        @Override
        public void close() {}
    }

    private final Clients clients = Clients.of(new FakeIam(), new FakeSts());

    private void decide(String action, String decision, String... missing) {
        decisions.put(action, new Evaluation(action, decision, List.of(missing)));
    }

    private Authority ask(boolean byResource) {
        return new Simulation(clients, new Calls(InstantSource.fixed(NOW)), "eu-central-1")
                .ask(List.of(MODIFY, TAG), "arn:x", byResource, Deadline.after(NOW, Duration.ofSeconds(5)));
    }

    @Test
    void all_allowed_is_granted_for_the_role_by_its_whole_name_and_the_caller_is_asked_for_once() {
        decide(MODIFY, "allowed");
        decide(TAG, "allowed");
        assertThat(ask(false)).isInstanceOf(Authority.Granted.class);
        assertThat(ask(false)).isInstanceOf(Authority.Granted.class);
        assertThat(simulatedFor).containsExactly(ROLE, ROLE);
        assertThat(callers).isEqualTo(1);
    }

    @Test
    void one_denied_is_denied_by_name() {
        decide(MODIFY, "allowed");
        decide(TAG, "implicitDeny");
        assertThat(ask(false))
                .isInstanceOfSatisfying(
                        Authority.Denied.class,
                        denied -> assertThat(denied.why()).contains(TAG, "implicitDeny"));
    }

    @Test
    void where_a_policy_on_the_resource_may_allow_it_only_an_explicit_denial_is_one() {
        decide(MODIFY, "allowed");
        decide(TAG, "implicitDeny");
        assertThat(ask(true))
                .isInstanceOfSatisfying(
                        Authority.Untold.class,
                        untold -> assertThat(untold.why()).contains("policy on the resource"));
        decide(TAG, "explicitDeny");
        assertThat(ask(true)).isInstanceOf(Authority.Denied.class);
    }

    @Test
    void what_depends_on_something_that_the_simulation_does_not_know_is_untold() {
        decide(MODIFY, "allowed");
        for (String decision : List.of("allowed", "implicitDeny")) {
            decide(TAG, decision, "aws:SourceIp");
            assertThat(ask(false))
                    .isInstanceOfSatisfying(
                            Authority.Untold.class,
                            untold -> assertThat(untold.why()).contains("aws:SourceIp"));
        }
    }

    @Test
    void no_answer_for_an_action_no_permission_to_simulate_and_a_stranger_are_untold_with_the_reason() {
        decide(MODIFY, "allowed");
        assertThat(ask(false).toString()).contains("Untold", TAG + " is not told");
        mayNot = true;
        assertThat(ask(false).toString()).contains("Untold", "not you");
        clients.close();
        caller = "arn:aws:iam::123456789012:root";
        Clients others = Clients.of(new FakeIam(), new FakeSts());
        assertThat(new Simulation(others, new Calls(InstantSource.fixed(NOW)), "eu-central-1")
                        .ask(List.of(MODIFY), "arn:x", false, Deadline.after(NOW, Duration.ofSeconds(5)))
                        .toString())
                .contains("Untold", "neither a user nor a role");
    }
}
