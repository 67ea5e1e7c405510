package io.bascule.aws.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.core.port.Deadline;
import io.bascule.core.port.Outcome;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

class CallsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private final Calls calls = new Calls(InstantSource.fixed(NOW));

    private Outcome after(SdkException trouble) {
        return calls.<String>send(new Deadline(NOW.plusSeconds(5)), _ -> {
                    throw trouble;
                })
                .outcome(answer -> answer);
    }

    private static AwsServiceException answered(int status, String code) {
        return AwsServiceException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("told")
                        .build())
                .build();
    }

    private static SdkException broken(Exception cause) {
        return SdkClientException.create("broken", cause);
    }

    @Test
    void what_aws_refuses_was_not_done_and_is_tried_again_only_when_it_is_busy() {
        assertThat(after(answered(400, "InvalidChangeBatch")))
                .isEqualTo(new Outcome.Refused("InvalidChangeBatch: told", false));
        for (String busy : new String[] {"Throttling", "PriorRequestNotComplete"}) {
            assertThat(after(answered(400, busy))).isEqualTo(new Outcome.Refused(busy + ": told", true));
        }
    }

    @Test
    void an_answer_that_names_no_error_is_judged_by_its_status() {
        AwsServiceException page = AwsServiceException.builder()
                .statusCode(404)
                .awsErrorDetails(AwsErrorDetails.builder().build())
                .build();
        assertThat(after(page)).isInstanceOf(Outcome.Refused.class);
        assertThat(after(page.toBuilder().statusCode(502).build())).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void an_error_of_the_service_and_a_lost_answer_may_hide_a_change() {
        assertThat(after(answered(503, "ServiceUnavailable"))).isInstanceOf(Outcome.Unknown.class);
        assertThat(after(broken(new SocketException("reset")))).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void a_connection_that_was_never_made_changed_nothing() {
        assertThat(after(broken(new ConnectException("refused"))))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.again()).isTrue());
    }

    @Test
    void without_time_or_interrupted_nothing_is_sent() {
        assertThat(calls.send(new Deadline(NOW), _ -> "sent")).isInstanceOf(Call.NotSent.class);
        Thread.currentThread().interrupt();
        assertThat(calls.send(new Deadline(NOW.plusSeconds(5)), _ -> "sent")).isInstanceOf(Call.NotSent.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_connection_that_the_time_out_took_away_may_hide_a_change_and_is_no_defect() {
        NullPointerException tripped = new NullPointerException("this.http is null");
        tripped.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("sun.net.www.protocol.http.HttpURLConnection", "getOutputStream0", null, 1179),
            new StackTraceElement(
                    "software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient", "call", null, 308)
        });
        assertThat(calls.send(new Deadline(NOW.plusSeconds(5)), _ -> {
                    throw tripped;
                }))
                .isInstanceOf(Call.Lost.class);
    }

    @Test
    void an_exception_of_ours_stays_a_defect() {
        assertThatThrownBy(() -> calls.send(new Deadline(NOW.plusSeconds(5)), _ -> {
                    throw new NullPointerException("ours");
                }))
                .hasMessage("ours");
    }

    @Test
    void an_error_that_names_nothing_may_hide_a_change() {
        assertThat(after(AwsServiceException.builder()
                        .statusCode(500)
                        .awsErrorDetails(AwsErrorDetails.builder().build())
                        .build()))
                .isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void an_answer_is_waited_for_less_long_than_a_request_is_valid() {
        for (int seconds : new int[] {2, 3, 60}) {
            assertThat(calls.send(
                            new Deadline(NOW.plusSeconds(seconds)),
                            within -> within.apiCallTimeout().orElseThrow()))
                    .isEqualTo(new Call.Answered<>(Duration.ofSeconds(Math.min(3, seconds))));
        }
    }
}
