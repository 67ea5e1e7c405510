package io.bascule.aws.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.datasync.DataSyncClient;
import software.amazon.awssdk.services.datasync.model.DataSyncException;
import software.amazon.awssdk.services.datasync.model.DescribeTaskExecutionRequest;
import software.amazon.awssdk.services.datasync.model.DescribeTaskExecutionResponse;
import software.amazon.awssdk.services.datasync.model.DescribeTaskRequest;
import software.amazon.awssdk.services.datasync.model.DescribeTaskResponse;
import software.amazon.awssdk.services.datasync.model.InvalidRequestException;
import software.amazon.awssdk.services.datasync.model.PhaseStatus;
import software.amazon.awssdk.services.datasync.model.StartTaskExecutionRequest;
import software.amazon.awssdk.services.datasync.model.StartTaskExecutionResponse;
import software.amazon.awssdk.services.datasync.model.TaskExecutionStatus;
import software.amazon.awssdk.services.datasync.model.VerifyMode;

/** One task of DataSync: one execution at a time, each in some states, one a look, and then at its end. */
final class FakeFiles implements DataSyncClient {
    static final String TASK = "arn:aws:datasync:eu-central-1:123456789012:task/task-08de6e6697796f026";
    private static final List<TaskExecutionStatus> WAY = List.of(
            TaskExecutionStatus.LAUNCHING,
            TaskExecutionStatus.PREPARING,
            TaskExecutionStatus.TRANSFERRING,
            TaskExecutionStatus.VERIFYING);

    VerifyMode mode = VerifyMode.ONLY_FILES_TRANSFERRED;
    TaskExecutionStatus end = TaskExecutionStatus.SUCCESS;
    PhaseStatus verified = PhaseStatus.SUCCESS;
    boolean loseStart;
    boolean refuseStart;
    boolean startedByAnother;
    boolean unreadable;
    boolean neverEnds;
    int startsAsked;
    final List<String> executions = new ArrayList<>();
    private final Map<String, Integer> looks = new HashMap<>();

    String begin() {
        String arn = TASK + "/execution/exec-" + executions.size();
        executions.add(arn);
        return arn;
    }

    private Optional<String> newest() {
        return executions.isEmpty() ? Optional.empty() : Optional.of(executions.getLast());
    }

    private boolean isUnderWay(String arn) {
        return neverEnds || looks.getOrDefault(arn, 0) < WAY.size();
    }

    @Override
    public DescribeTaskResponse describeTask(DescribeTaskRequest request) {
        if (unreadable) {
            throw SdkClientException.create("reset");
        }
        return DescribeTaskResponse.builder()
                .taskArn(TASK)
                .currentTaskExecutionArn(newest().orElse(null))
                .options(options -> options.verifyMode(mode))
                .build();
    }

    @Override
    public StartTaskExecutionResponse startTaskExecution(StartTaskExecutionRequest request) {
        startsAsked++;
        if (startedByAnother) {
            begin();
        }
        if (refuseStart || newest().filter(this::isUnderWay).isPresent()) {
            throw invalid("it cannot be started now");
        }
        String arn = begin();
        if (loseStart) {
            throw SdkClientException.create("the answer was lost");
        }
        return StartTaskExecutionResponse.builder().taskExecutionArn(arn).build();
    }

    private static DataSyncException invalid(String why) {
        return (DataSyncException) InvalidRequestException.builder()
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("InvalidRequestException")
                        .errorMessage(why)
                        .build())
                .build();
    }

    @Override
    public DescribeTaskExecutionResponse describeTaskExecution(DescribeTaskExecutionRequest request) {
        String arn = request.taskExecutionArn();
        int look = looks.merge(arn, 1, Integer::sum) - 1;
        TaskExecutionStatus status =
                neverEnds ? TaskExecutionStatus.TRANSFERRING : look < WAY.size() ? WAY.get(look) : end;
        return DescribeTaskExecutionResponse.builder()
                .taskExecutionArn(arn)
                .status(status)
                .options(options -> options.verifyMode(mode))
                .filesTransferred(12L)
                .bytesTransferred(3400L)
                .result(result -> result.verifyStatus(verified)
                        .errorCode(end == TaskExecutionStatus.ERROR ? "OpNotSupp" : null)
                        .errorDetail(end == TaskExecutionStatus.ERROR ? "the target is read-only" : null))
                .build();
    }

    @Override
    public String serviceName() {
        return "datasync";
    }

    @Override
    public void close() {}
}
