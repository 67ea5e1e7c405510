package io.bascule.aws.api;

import static org.assertj.core.api.Assertions.assertThat;

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
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyResponse;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** What is made of IAM's simulation, over a fake IAM that decides as a test says. */
class SimulationTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String ROLE = "arn:aws:iam::123456789012:role/teams/web/cutover";
    private static final String MODIFY = "elasticloadbalancing:ModifyRule";
    private static final String TAG = "elasticloadbalancing:AddTags";

    private final Map<String, EvaluationResult> decisions = new HashMap<>();
    private final List<String> simulatedFor = new ArrayList<>();
    private String caller = "arn:aws:sts::123456789012:assumed-role/cutover/session";
    private boolean mayNot;
    private int callers;

    private final class FakeIam implements IamClient {
        @Override
        public GetRoleResponse getRole(GetRoleRequest request) {
            assertThat(request.roleName()).isEqualTo("cutover");
            return GetRoleResponse.builder().role(role -> role.arn(ROLE)).build();
        }

        @Override
        public SimulatePrincipalPolicyResponse simulatePrincipalPolicy(SimulatePrincipalPolicyRequest request) {
            if (mayNot) {
                throw AwsServiceException.builder()
                        .statusCode(403)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("AccessDenied")
                                .errorMessage("not you")
                                .build())
                        .build();
            }
            simulatedFor.add(request.policySourceArn());
            return SimulatePrincipalPolicyResponse.builder()
                    .evaluationResults(request.actionNames().stream()
                            .filter(decisions::containsKey)
                            .map(decisions::get)
                            .toList())
                    .build();
        }

        @Override
        public String serviceName() {
            return "iam";
        }

        @Override
        public void close() {}
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

    private void decide(String action, PolicyEvaluationDecisionType decision, String... missing) {
        decisions.put(
                action,
                EvaluationResult.builder()
                        .evalActionName(action)
                        .evalDecision(decision)
                        .missingContextValues(missing)
                        .build());
    }

    private Authority ask(boolean byResource) {
        return new Simulation(clients, new Calls(InstantSource.fixed(NOW)), "eu-central-1")
                .ask(List.of(MODIFY, TAG), "arn:x", byResource, Deadline.after(NOW, Duration.ofSeconds(5)));
    }

    @Test
    void all_allowed_is_granted_for_the_role_by_its_whole_name_and_the_caller_is_asked_for_once() {
        decide(MODIFY, PolicyEvaluationDecisionType.ALLOWED);
        decide(TAG, PolicyEvaluationDecisionType.ALLOWED);
        assertThat(ask(false)).isInstanceOf(Authority.Granted.class);
        assertThat(ask(false)).isInstanceOf(Authority.Granted.class);
        assertThat(simulatedFor).containsExactly(ROLE, ROLE);
        assertThat(callers).isEqualTo(1);
    }

    @Test
    void one_denied_is_denied_by_name() {
        decide(MODIFY, PolicyEvaluationDecisionType.ALLOWED);
        decide(TAG, PolicyEvaluationDecisionType.IMPLICIT_DENY);
        assertThat(ask(false))
                .isInstanceOfSatisfying(
                        Authority.Denied.class,
                        denied -> assertThat(denied.why()).contains(TAG, "implicitDeny"));
    }

    @Test
    void where_a_policy_on_the_resource_may_allow_it_only_an_explicit_denial_is_one() {
        decide(MODIFY, PolicyEvaluationDecisionType.ALLOWED);
        decide(TAG, PolicyEvaluationDecisionType.IMPLICIT_DENY);
        assertThat(ask(true))
                .isInstanceOfSatisfying(
                        Authority.Untold.class,
                        untold -> assertThat(untold.why()).contains("policy on the resource"));
        decide(TAG, PolicyEvaluationDecisionType.EXPLICIT_DENY);
        assertThat(ask(true)).isInstanceOf(Authority.Denied.class);
    }

    @Test
    void what_depends_on_something_that_the_simulation_does_not_know_is_untold() {
        decide(MODIFY, PolicyEvaluationDecisionType.ALLOWED);
        for (PolicyEvaluationDecisionType decision :
                List.of(PolicyEvaluationDecisionType.ALLOWED, PolicyEvaluationDecisionType.IMPLICIT_DENY)) {
            decide(TAG, decision, "aws:SourceIp");
            assertThat(ask(false))
                    .isInstanceOfSatisfying(
                            Authority.Untold.class,
                            untold -> assertThat(untold.why()).contains("aws:SourceIp"));
        }
    }

    @Test
    void no_answer_for_an_action_no_permission_to_simulate_and_a_stranger_are_untold_with_the_reason() {
        decide(MODIFY, PolicyEvaluationDecisionType.ALLOWED);
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
