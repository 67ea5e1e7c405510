package io.bascule.aws.data;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Patience;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Probe;
import io.bascule.core.port.Verdict;
import java.util.Optional;
import software.amazon.awssdk.services.datasync.model.DescribeTaskExecutionResponse;
import software.amazon.awssdk.services.datasync.model.DescribeTaskResponse;
import software.amazon.awssdk.services.datasync.model.VerifyMode;

/**
 * {@code sync: { datasync: … }}: carries files by a task of DataSync and waits for the end of it. An execution that runs
 * already is waited for first, since it may have passed by what changed meanwhile; only one that began after it was asked
 * counts. Repeating it carries what differs, and so does no harm. Never cancels anything. Safe for threads.
 */
final class FileCarrier implements Probe {
    private final Clients clients;
    private final Calls calls;
    private final String region;
    private final String task;
    private final boolean verify;
    private final Patience patience;

    FileCarrier(Clients clients, Calls calls, String region, String task, boolean verify, Patience patience) {
        this.clients = clients;
        this.calls = calls;
        this.region = region;
        this.task = task;
        this.verify = verify;
        this.patience = patience;
    }

    @Override
    public Finding probe(Deadline deadline) {
        Call<DescribeTaskResponse> found = task(deadline);
        if (!(found instanceof Call.Answered<DescribeTaskResponse>(var before))) {
            return untold("the task could not be read: " + found.why());
        }
        if (verify && before.options() != null && before.options().verifyMode() == VerifyMode.NONE) {
            return Finding.of(new Verdict.Fail("not started: the task's VerifyMode is NONE"), "verifyMode", "NONE");
        }
        Optional<String> earlier = Optional.ofNullable(before.currentTaskExecutionArn());
        if (earlier.isPresent() && !hasEnded(earlier.get(), deadline)) {
            return untold("an earlier execution still runs: " + earlier.get());
        }
        Call<String> begun = begin(earlier, deadline);
        return begun instanceof Call.Answered<String>(String execution)
                ? carried(execution, deadline)
                : untold("whether it began is not known: " + begun.why());
    }

    private static Finding untold(String why) {
        return Finding.of(new Verdict.NoData(why));
    }

    private Call<DescribeTaskResponse> task(Deadline deadline) {
        return calls.send(
                deadline,
                within -> clients.files(region)
                        .describeTask(get -> get.taskArn(task).overrideConfiguration(within)));
    }

    private Call<DescribeTaskExecutionResponse> execution(String arn, Deadline deadline) {
        return calls.send(
                deadline,
                within -> clients.files(region)
                        .describeTaskExecution(get -> get.taskExecutionArn(arn).overrideConfiguration(within)));
    }

    private Call<DescribeTaskExecutionResponse> end(String arn, Deadline deadline) {
        return patience.until(
                call -> call instanceof Call.Answered<DescribeTaskExecutionResponse>(var told)
                        && !Transfer.isUnderWay(told),
                () -> execution(arn, deadline),
                deadline);
    }

    private boolean hasEnded(String arn, Deadline deadline) {
        Call<DescribeTaskExecutionResponse> call = end(arn, deadline);
        return call instanceof Call.Answered<DescribeTaskExecutionResponse>(var told) && !Transfer.isUnderWay(told);
    }

    /** Starts one. Where that is refused or its answer lost, one that is there now and was not before is as good. */
    private Call<String> begin(Optional<String> earlier, Deadline deadline) {
        Call<String> started = calls.send(
                        deadline,
                        within -> clients.files(region)
                                .startTaskExecution(start -> start.taskArn(task).overrideConfiguration(within)))
                .map(answer -> answer.taskExecutionArn());
        if (started instanceof Call.Answered<String> || started instanceof Call.NotSent<String>) {
            return started;
        }
        Call<DescribeTaskResponse> after = task(deadline);
        boolean another = after instanceof Call.Answered<DescribeTaskResponse>(var told)
                && told.currentTaskExecutionArn() != null
                && !earlier.equals(Optional.of(told.currentTaskExecutionArn()));
        return another ? after.map(DescribeTaskResponse::currentTaskExecutionArn) : started;
    }

    private Finding carried(String arn, Deadline deadline) {
        Call<DescribeTaskExecutionResponse> call = end(arn, deadline);
        return call instanceof Call.Answered<DescribeTaskExecutionResponse>(var told)
                ? new Transfer(verify).judge(told)
                : Finding.of(new Verdict.NoData("how it went could not be read: " + call.why()), "execution", arn);
    }
}
