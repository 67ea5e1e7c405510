package io.bascule.aws.api;

import java.util.List;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkClient;

/** The two questions that are asked of IAM. Whoever answers throws the SDK's own exceptions. */
public interface Iam extends SdkClient {
    /**
     * What the simulator says of one action.
     *
     * @param decision {@code allowed}, {@code implicitDeny} or {@code explicitDeny}
     * @param missing condition keys on which it depends and whose values the simulator was not given
     */
    record Evaluation(String action, String decision, List<String> missing) {
        public Evaluation {
            missing = List.copyOf(missing);
        }
    }

    /** A role's whole name, with its path. */
    String roleArn(String role, AwsRequestOverrideConfiguration within);

    List<Evaluation> simulate(
            String principal, List<String> actions, String resource, AwsRequestOverrideConfiguration within);

    @Override
    default String serviceName() {
        return "iam";
    }

    @Override
    default void close() {}
}
