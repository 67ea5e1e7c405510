package io.bascule.aws.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.MeterAddress;
import io.bascule.core.port.MeterReading;
import io.bascule.core.port.MeterReading.At;
import io.bascule.core.port.MeterReading.Failed;
import io.bascule.core.port.MeterReading.Told;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/** One metric of a CloudWatch that is made up, with its faults. */
class CloudWatchMeterTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private final FakeCloudWatch there = new FakeCloudWatch();

    @BeforeEach
    void of_the_shop() {
        there.dimensions.put("ClusterName", "shop");
        there.dimensions.put("ServiceName", "web");
    }

    private CloudWatchMeter meter(String region, String more) {
        String text = "cloudwatch:" + region
                + "?namespace=AWS/ECS&metric=CPUUtilization&ClusterName=shop&ServiceName=web" + more;
        MeterAddress address = MeterAddress.of(text).orElseThrow();
        assertThat(CloudWatchAddress.problems(address)).isEmpty();
        return new CloudWatchMeter(CloudWatchAddress.of(address), Clients.of(there), new Calls(() -> NOON));
    }

    private MeterReading read(int from, int to) {
        return read(meter("eu-central-1", ""), from, to);
    }

    private static MeterReading read(CloudWatchMeter meter, int from, int to) {
        return meter.read(NOON.plusSeconds(from), NOON.plusSeconds(to), Deadline.after(NOON, Duration.ofSeconds(30)));
    }

    private static At minute(int minute, double value) {
        return new At(NOON.plusSeconds(60L * minute), value);
    }

    private Failed failed() {
        MeterReading reading = read(0, 300);
        assertThat(reading).isInstanceOf(Failed.class);
        return (Failed) reading;
    }

    @Test
    void only_periods_that_lie_wholly_within_the_run_are_of_it() {
        there.minutes(NOON.minusSeconds(60), 9, 10, 20, 30, 40, 50, 60, 9);
        assertThat(read(5, 295)).isEqualTo(new Told(List.of(minute(1, 20), minute(2, 30), minute(3, 40)), 0));
        assertThat(read(0, 300))
                .isEqualTo(new Told(
                        List.of(minute(0, 10), minute(1, 20), minute(2, 30), minute(3, 40), minute(4, 50)), 0));
        assertThat(there.asked.getFirst().startTime()).isEqualTo(NOON.plusSeconds(60));
        assertThat(there.asked.getFirst().endTime()).isEqualTo(NOON.plusSeconds(240));
        assertThat(there.asked.getFirst().metricDataQueries().getFirst().metricStat())
                .satisfies(stat -> {
                    assertThat(stat.stat()).isEqualTo("Average");
                    assertThat(stat.period()).isEqualTo(60);
                });
    }

    @Test
    void a_period_without_a_datapoint_is_missing_and_never_0() {
        there.minutes(NOON, 10, 20, 30, 40, 50);
        there.points.remove(NOON.plusSeconds(120));
        assertThat(read(0, 300))
                .isEqualTo(new Told(List.of(minute(0, 10), minute(1, 20), minute(3, 40), minute(4, 50)), 1));
        there.points.clear();
        assertThat(read(0, 300)).isEqualTo(new Told(List.of(), 5));
        there.minutes(NOON, 10);
        there.dimensions.put("ServiceName", "Web");
        assertThat(read(0, 300)).isEqualTo(new Told(List.of(), 5));
    }

    @Test
    void a_run_without_a_whole_period_has_no_figure() {
        there.minutes(NOON, 10, 20);
        assertThat(read(5, 100))
                .isEqualTo(new Failed(
                        "no whole period of 60 s lies within 2026-11-22T12:00:05Z to 2026-11-22T12:01:40Z:"
                                + " CloudWatch has no figure of so short a time",
                        false));
        assertThat(there.asked).isEmpty();
        assertThat(read(meter("eu-central-1", "&period=10s"), 5, 100)).isInstanceOf(Told.class);
    }

    @Test
    void pages_are_put_together_and_a_page_that_does_not_come_is_no_shorter_answer() {
        there.minutes(NOON, 10, 20, 30, 40, 50);
        there.page = 2;
        assertThat(((Told) read(0, 300)).samples()).hasSize(5);
        assertThat(there.asked).hasSize(3);
        there.fault = () -> {
            if (there.asked.size() == 5) {
                throw SdkClientException.create("the connection was reset");
            }
        };
        assertThat(failed().again()).isTrue();
        there.fault = () -> {};
        there.samePage = true;
        assertThat(failed().why()).contains("the pages repeat");
    }

    @Test
    void a_partial_answer_is_asked_for_again_and_a_forbidden_one_is_not() {
        there.minutes(NOON, 10, 20, 30, 40, 50);
        there.lastStatus = StatusCode.PARTIAL_DATA;
        assertThat(failed()).isEqualTo(new Failed("CloudWatch: only a part of the metric is answered", true));
        there.lastStatus = StatusCode.INTERNAL_ERROR;
        assertThat(failed().again()).isTrue();
        there.lastStatus = StatusCode.FORBIDDEN;
        assertThat(failed().again()).isFalse();
    }

    @Test
    void what_may_pass_is_told_from_what_will_not() {
        there.fault = () -> {
            throw error(400, "Throttling", "Rate exceeded");
        };
        assertThat(failed()).isEqualTo(new Failed("CloudWatch: Throttling: Rate exceeded", true));
        there.fault = () -> {
            throw error(403, "AccessDenied", "not authorized to perform: cloudwatch:GetMetricData");
        };
        assertThat(failed().why()).contains("cloudwatch:GetMetricData");
        assertThat(failed().again()).isFalse();
        there.fault = () -> {
            throw SdkClientException.create("Unable to load credentials from any of the providers in the chain");
        };
        assertThat(failed().why()).contains("no credentials");
        assertThat(failed().again()).isFalse();
        there.fault = () -> {
            throw SdkClientException.create("no", new ConnectException("refused"));
        };
        assertThat(failed().again()).isTrue();
    }

    @Test
    void a_region_that_nobody_answers_for_is_told_with_what_was_meant() {
        there.fault = () -> {
            throw SdkClientException.create("no", new UnknownHostException("monitoring.eu-centrl-1.amazonaws.com"));
        };
        assertThat(((Failed) read(meter("eu-centrl-1", ""), 0, 300)).why())
                .endsWith("; region eu-centrl-1: did you mean eu-central-1?");
        assertThat(failed().why()).doesNotContain("; region");
    }

    private static RuntimeException error(int status, String code, String message) {
        return CloudWatchException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }
}
