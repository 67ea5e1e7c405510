package io.bascule.aws.data;

import io.bascule.core.port.Finding;
import io.bascule.core.port.Verdict;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.datasync.model.DescribeTaskExecutionResponse;
import software.amazon.awssdk.services.datasync.model.PhaseStatus;
import software.amazon.awssdk.services.datasync.model.TaskExecutionFilesFailedDetail;
import software.amazon.awssdk.services.datasync.model.TaskExecutionResultDetail;
import software.amazon.awssdk.services.datasync.model.TaskExecutionStatus;
import software.amazon.awssdk.services.datasync.model.VerifyMode;

/**
 * What one execution of a DataSync task came to.
 *
 * @param verify whether DataSync itself must have compared what it carried
 */
record Transfer(boolean verify) {

    /** Whether it goes on. A word that is not known is taken for an end, and judged. */
    static boolean isUnderWay(DescribeTaskExecutionResponse told) {
        return switch (told.status()) {
            case QUEUED, LAUNCHING, PREPARING, TRANSFERRING, VERIFYING, CANCELLING -> true;
            case null -> false;
            default -> "INITIALIZING".equals(told.statusAsString());
        };
    }

    /** Of one that has ended, or for which there is no time left. */
    Finding judge(DescribeTaskExecutionResponse told) {
        SortedMap<String, String> facts = new TreeMap<>();
        put(facts, "execution", told.taskExecutionArn());
        put(facts, "status", told.statusAsString());
        put(facts, "filesTransferred", told.filesTransferred());
        put(facts, "filesPrepared", told.filesPrepared());
        put(facts, "filesVerified", told.filesVerified());
        put(facts, "filesSkipped", told.filesSkipped());
        put(facts, "filesDeleted", told.filesDeleted());
        put(facts, "bytesTransferred", told.bytesTransferred());
        put(facts, "bytesWritten", told.bytesWritten());
        put(facts, "verifyMode", told.options() == null ? null : told.options().verifyModeAsString());
        put(facts, "filesFailed", failed(told));
        result(told).ifPresent(result -> {
            put(facts, "verified", result.verifyStatusAsString());
            put(facts, "errorCode", result.errorCode());
            put(facts, "errorDetail", result.errorDetail());
            put(facts, "totalMillis", result.totalDuration());
        });
        return new Finding(verdict(told), facts);
    }

    private static Optional<TaskExecutionResultDetail> result(DescribeTaskExecutionResponse told) {
        return Optional.ofNullable(told.result());
    }

    private static void put(SortedMap<String, String> facts, String name, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            facts.put(name, value.toString());
        }
    }

    private static @Nullable Long failed(DescribeTaskExecutionResponse told) {
        TaskExecutionFilesFailedDetail failed = told.filesFailed();
        return failed == null ? null : sum(failed.prepare(), failed.transfer(), failed.verify(), failed.delete());
    }

    private static long sum(@Nullable Long... parts) {
        long sum = 0;
        for (Long part : parts) {
            sum += part == null ? 0 : part;
        }
        return sum;
    }

    private Verdict verdict(DescribeTaskExecutionResponse told) {
        if (isUnderWay(told)) {
            return new Verdict.NoData("it is still " + told.statusAsString() + " and goes on at AWS");
        }
        if (told.status() != TaskExecutionStatus.SUCCESS) {
            return new Verdict.Fail("it ended as " + told.statusAsString()
                    + result(told)
                            .map(result -> ": " + or(result.errorCode()) + " " + or(result.errorDetail()))
                            .orElse(""));
        }
        Long failed = failed(told);
        if (failed != null && failed > 0) {
            return new Verdict.Fail(failed + " files failed");
        }
        return verify ? verified(told) : new Verdict.Pass("carried; not compared by DataSync");
    }

    private static String or(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static Verdict verified(DescribeTaskExecutionResponse told) {
        VerifyMode mode = told.options() == null ? null : told.options().verifyMode();
        PhaseStatus phase =
                result(told).map(TaskExecutionResultDetail::verifyStatus).orElse(null);
        if (mode == VerifyMode.NONE) {
            return new Verdict.Fail("it verified nothing: its VerifyMode is NONE");
        }
        if (phase == PhaseStatus.ERROR) {
            return new Verdict.Fail("its verification failed");
        }
        return mode == null || phase != PhaseStatus.SUCCESS
                ? new Verdict.NoData("it succeeded, but AWS does not tell that it verified")
                : new Verdict.Pass("carried, and verified as " + mode);
    }
}
