package io.bascule.aws.name;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Peers;
import io.bascule.core.plan.Entrance;
import io.bascule.core.plan.Settings;
import io.bascule.core.plan.Side;
import io.bascule.core.port.TrafficWindow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/** How many targets a name says are healthy: by our own probe, and by the health check that its records carry. */
class NameRouterHealthTest {
    private final FakeChecks aws = new FakeChecks();
    private final HttpServer both = shop();

    private static HttpServer shop() {
        try {
            HttpServer shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            shop.createContext("/", exchange -> {
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            shop.start();
            return shop;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void a_name_whose_target_carries_a_green_check() {
        var _ = aws.createHealthCheck(create -> create.callerReference("bascule:shop-target:a:1")
                .healthCheckConfig(
                        HealthCheckForm.of(Checks.means("shop-target")).config()));
        aws.status = _ -> Checks.say(Instant.now(), 16, 0);
        carries("hc-1");
    }

    @AfterEach
    void stop() {
        both.stop(0);
    }

    private void carries(@Nullable String check) {
        aws.records.clear();
        aws.records.add(Checks.record("source", 100, "127.0.0.1", null));
        aws.records.add(Checks.record("target", 100, "127.0.0.1", check));
    }

    /** Nobody came. */
    private static final class Quiet implements CloudWatchClient {
        @Override
        public GetMetricDataResponse getMetricData(GetMetricDataRequest request) {
            return GetMetricDataResponse.builder()
                    .metricDataResults(request.metricDataQueries().stream()
                            .map(query -> MetricDataResult.builder()
                                    .id(query.id())
                                    .statusCode(StatusCode.COMPLETE)
                                    .build())
                            .toList())
                    .build();
        }

        @Override
        public String serviceName() {
            return "cloudwatch";
        }

        @Override
        public void close() {}
    }

    private TrafficWindow.PerSide seen(Side side) {
        Settings settings = Settings.of(
                "route-53",
                "region",
                Peers.REGION,
                "zone",
                "Z1",
                "record",
                "shop.example.com",
                "target.a",
                "127.0.0.1",
                "target.health-check",
                "shop-target",
                "name-servers",
                "none",
                "numbers.namespace",
                "Shop",
                "numbers.requests",
                "Requests",
                "numbers.failed",
                "Failed",
                "numbers.latency",
                "Latency",
                "numbers.unit",
                "seconds",
                "numbers.period",
                "PT1S",
                "numbers.delay",
                "PT2S",
                "numbers.source",
                "Side=source",
                "numbers.target",
                "Side=target");
        String at = "http://shop.example.com:" + both.getAddress().getPort();
        Entrance entrance = new Entrance("name", settings, at, 10, Set.of(), Entrance.FreezeMode.REJECT, 0, 1);
        NameRouter router = NameRouter.of(entrance, Clients.of(aws, new Quiet()), Peers.calls());
        Instant now = Instant.now();
        return router.window(now.minusSeconds(10), now, Peers.soon())
                .window()
                .orElseThrow()
                .of(side);
    }

    @Test
    void a_target_that_answers_and_whose_check_is_green_is_healthy() {
        assertThat(seen(Side.TARGET).healthy()).isEqualTo(1);
        assertThat(seen(Side.TARGET).unwell()).isEmpty();
    }

    @Test
    void a_red_check_makes_a_target_that_answers_unhealthy_and_says_why() {
        aws.status = _ -> Checks.say(Instant.now(), 2, 14);
        assertThat(seen(Side.TARGET).healthy()).isZero();
        assertThat(seen(Side.TARGET).unwell()).contains("2 of 16 checkers succeed", Checks.ILL);
    }

    @Test
    void the_source_is_healthy_by_our_own_probe_whatever_becomes_of_the_targets_check() {
        aws.faults.put("GetHealthCheckStatus", new FakeChecks.Fault(FakeChecks.error(403, "AccessDenied"), false));
        assertThat(seen(Side.SOURCE).healthy()).isEqualTo(1);
        aws.checks.clear();
        assertThat(seen(Side.SOURCE).healthy()).isEqualTo(1);
        assertThat(seen(Side.TARGET).healthy()).isZero();
    }

    @Test
    void a_target_that_does_not_carry_it_is_not_healthy_by_our_own_probe_alone() {
        carries(null);
        assertThat(seen(Side.TARGET).healthy()).isZero();
        assertThat(seen(Side.TARGET).unwell()).contains("carries no health check");
    }

    @Test
    void a_green_check_makes_no_target_healthy_that_does_not_answer_us() {
        both.stop(0);
        assertThat(seen(Side.TARGET).healthy()).isZero();
        assertThat(seen(Side.TARGET).unwell()).contains("our own probe");
    }
}
