package io.bascule.aws.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Patience;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.datasync.model.DescribeTaskExecutionResponse;
import software.amazon.awssdk.services.datasync.model.PhaseStatus;
import software.amazon.awssdk.services.datasync.model.TaskExecutionStatus;
import software.amazon.awssdk.services.datasync.model.VerifyMode;

class FileCarrierTest {
    private final FakeFiles files = new FakeFiles();

    private Finding carry(boolean verify, Duration within) {
        InstantSource clock = InstantSource.system();
        return new FileCarrier(
                        Clients.of(files),
                        new Calls(clock),
                        "eu-central-1",
                        FakeFiles.TASK,
                        verify,
                        new Patience(clock, Duration.ofMillis(1)))
                .probe(Deadline.after(Instant.now(), within));
    }

    private Finding carry() {
        return carry(true, Duration.ofSeconds(20));
    }

    @Test
    void what_was_carried_and_verified_passes_with_its_figures() {
        Finding finding = carry();
        assertThat(finding.verdict()).isEqualTo(new Verdict.Pass("carried, and verified as ONLY_FILES_TRANSFERRED"));
        assertThat(finding.facts())
                .containsEntry("filesTransferred", "12")
                .containsEntry("bytesTransferred", "3400")
                .containsEntry("verified", "SUCCESS")
                .containsEntry("status", "SUCCESS")
                .containsEntry("execution", files.executions.getFirst());
    }

    @Test
    void one_that_ran_before_is_waited_for_and_does_not_count() {
        files.begin();
        Finding finding = carry();
        assertThat(finding.verdict()).isInstanceOf(Verdict.Pass.class);
        assertThat(files.executions).hasSize(2);
        assertThat(files.startsAsked).isEqualTo(1);
        assertThat(finding.facts()).containsEntry("execution", files.executions.getLast());
    }

    @Test
    void repeating_it_starts_one_more_and_no_two_at_once() {
        assertThat(carry().verdict()).isInstanceOf(Verdict.Pass.class);
        assertThat(carry().verdict()).isInstanceOf(Verdict.Pass.class);
        assertThat(files.executions).hasSize(2);
    }

    @Test
    void a_start_whose_answer_is_lost_is_found_and_not_made_again() {
        files.loseStart = true;
        assertThat(carry().verdict()).isInstanceOf(Verdict.Pass.class);
        assertThat(files.startsAsked).isEqualTo(1);
        assertThat(files.executions).hasSize(1);
    }

    @Test
    void one_that_somebody_else_began_after_it_was_asked_counts() {
        files.startedByAnother = true;
        assertThat(carry().verdict()).isInstanceOf(Verdict.Pass.class);
        assertThat(files.executions).hasSize(1);
    }

    @Test
    void a_start_that_is_refused_is_no_data_and_an_earlier_success_does_not_count() {
        assertThat(carry().verdict()).isInstanceOf(Verdict.Pass.class);
        files.refuseStart = true;
        assertThat(carry().verdict())
                .isInstanceOfSatisfying(
                        Verdict.NoData.class,
                        untold -> assertThat(untold.reason()).contains("InvalidRequestException"));
    }

    @Test
    void an_error_fails_with_aws_words() {
        files.end = TaskExecutionStatus.ERROR;
        Finding finding = carry();
        assertThat(finding.verdict())
                .isInstanceOfSatisfying(
                        Verdict.Fail.class,
                        fail -> assertThat(fail.reason()).contains("ERROR", "OpNotSupp", "the target is read-only"));
        assertThat(finding.facts()).containsEntry("errorCode", "OpNotSupp");
    }

    @Test
    void a_task_that_verifies_nothing_is_not_started_where_verification_is_asked_for() {
        files.mode = VerifyMode.NONE;
        assertThat(carry().verdict()).isInstanceOf(Verdict.Fail.class);
        assertThat(files.startsAsked).isZero();
        assertThat(carry(false, Duration.ofSeconds(20)).verdict())
                .isEqualTo(new Verdict.Pass("carried; not compared by DataSync"));
    }

    @Test
    void a_verification_that_failed_fails_and_one_that_is_not_told_is_no_data() {
        files.verified = PhaseStatus.ERROR;
        assertThat(carry().verdict()).isInstanceOf(Verdict.Fail.class);
        files.verified = PhaseStatus.PENDING;
        assertThat(carry().verdict()).isInstanceOf(Verdict.NoData.class);
    }

    @Test
    void at_its_deadline_it_says_so_and_leaves_it_running() {
        files.neverEnds = true;
        assertThat(carry(true, Duration.ofMillis(100)).verdict())
                .isInstanceOfSatisfying(
                        Verdict.NoData.class,
                        untold -> assertThat(untold.reason()).contains("TRANSFERRING"));
        assertThat(carry(true, Duration.ofMillis(100)).verdict())
                .isInstanceOfSatisfying(
                        Verdict.NoData.class,
                        untold -> assertThat(untold.reason()).contains("earlier execution"));
        assertThat(files.startsAsked).isEqualTo(1);
    }

    @Test
    void a_task_that_cannot_be_read_is_not_started() {
        files.unreadable = true;
        assertThat(carry().verdict()).isInstanceOf(Verdict.NoData.class);
        assertThat(files.startsAsked).isZero();
    }

    @Test
    void an_interrupt_ends_the_waiting_and_stays() {
        files.neverEnds = true;
        Thread.currentThread().interrupt();
        assertThat(carry().verdict()).isInstanceOf(Verdict.NoData.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void files_that_failed_fail_it_although_it_says_success() {
        Finding finding = new Transfer(true)
                .judge(DescribeTaskExecutionResponse.builder()
                        .status(TaskExecutionStatus.SUCCESS)
                        .options(options -> options.verifyMode(VerifyMode.ONLY_FILES_TRANSFERRED))
                        .result(result -> result.verifyStatus(PhaseStatus.SUCCESS))
                        .filesFailed(failed -> failed.transfer(2L).verify(1L))
                        .build());
        assertThat(finding.verdict()).isEqualTo(new Verdict.Fail("3 files failed"));
    }
}
