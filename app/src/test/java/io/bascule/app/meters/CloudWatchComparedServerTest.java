package io.bascule.app.meters;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.app.ExitCode;
import io.bascule.app.command.Bascule;
import io.bascule.app.performance.LoadFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;

/** {@code bascule compare} with CPU asked of CloudWatch, as ministack models it: started by {@code with-aws}. */
@Tag("server")
class CloudWatchComparedServerTest {
    private static final String REGION = "eu-central-1";
    private static final int MINUTES = 15;

    @TempDir
    Path folder;

    /** Not at a full minute, as runs are. */
    private final Instant begun = Instant.now()
            .minus(Duration.ofMinutes(40))
            .truncatedTo(ChronoUnit.MINUTES)
            .plusSeconds(20);

    private final String cluster = "shop-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    private final CloudWatchClient cloudWatch = CloudWatchClient.builder()
            .region(Region.of(REGION))
            .endpointOverride(URI.create(
                    Optional.ofNullable(System.getenv("BASCULE_TEST_MINISTACK")).orElseThrow()))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    private Path before = Path.of("");
    private Path now = Path.of("");

    @BeforeEach
    void runs_and_their_figures() throws IOException {
        LoadFiles files = new LoadFiles(42, begun);
        before = files.one(folder.resolve("before.json"), MINUTES * 60, 20, 0);
        now = files.one(folder.resolve("now.json"), MINUTES * 60, 20, 0);
        for (int minute = -2; minute < MINUTES + 2; minute++) {
            boolean under = minute >= 0 && minute <= MINUTES;
            put("old", minute, under ? 40 + minute % 3 : 99);
            if (minute != 4 && minute != 5) {
                put("new", minute, under ? 60 + minute % 3 : 99);
            }
        }
    }

    @AfterEach
    void close() {
        cloudWatch.close();
    }

    private void put(String service, int minute, double percent) {
        var _ = cloudWatch.putMetricData(put -> put.namespace("AWS/ECS")
                .metricData(MetricDatum.builder()
                        .metricName("CPUUtilization")
                        .dimensions(dimension("ClusterName", cluster), dimension("ServiceName", service))
                        .timestamp(begun.truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(minute)))
                        .value(percent)
                        .build()));
    }

    private static Dimension dimension(String name, String value) {
        return Dimension.builder().name(name).value(value).build();
    }

    private String cpu(String service) {
        return "cpu=cloudwatch:" + REGION + "?namespace=AWS/ECS&metric=CPUUtilization&ClusterName=" + cluster
                + "&ServiceName=" + service + "&stat=Average&period=60";
    }

    private int compare(String... more) {
        List<String> all = new ArrayList<>(List.of("compare", before + "", now + ""));
        all.addAll(List.of("--out", folder.resolve("report") + ""));
        all.addAll(List.of(more));
        return Bascule.execute(all.toArray(String[]::new));
    }

    private String report() throws IOException {
        return Files.readString(folder.resolve("report"));
    }

    @Test
    void whole_minutes_within_the_run_are_compared_and_decide() throws Exception {
        Path sla = Files.writeString(folder.resolve("sla.yaml"), "objectives: [ cpu <= 80% ]");
        assertThat(compare("--baseline-resources", cpu("old"), "--resources", cpu("new"), "--objectives", sla + ""))
                .isEqualTo(ExitCode.OBJECTIVE_FAILED);
        assertThat(report())
                .as("minutes 1 to 14 of 40, 41, 42; of the other side without the two that were not told")
                .contains("| CPU utilisation | 41.07 % | 61.00 % | +48.5 %")
                .contains("**Verdict:** FAIL")
                .contains("All SLA requirements met");
        assertThat(compare("--baseline-resources", cpu("old"), "--resources", cpu("old")))
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void a_service_that_cloudwatch_does_not_know_is_no_data_and_not_compliant() throws Exception {
        Path sla = Files.writeString(folder.resolve("sla.yaml"), "objectives: [ cpu <= 80% ]");
        assertThat(compare("--baseline-resources", cpu("old"), "--resources", cpu("New"), "--objectives", sla + ""))
                .isEqualTo(ExitCode.OBJECTIVE_FAILED);
        assertThat(report())
                .contains("**Verdict:** NO_DATA")
                .contains("cpu was not measured: CloudWatch AWS/ECS CPUUtilization of ClusterName=" + cluster
                        + " ServiceName=New, Average over 60 s, in eu-central-1")
                .contains("no sample from " + begun);
    }
}
