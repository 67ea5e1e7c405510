package io.bascule.aws.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Peers;
import io.bascule.core.port.MeterAddress;
import io.bascule.core.port.MeterReading;
import io.bascule.core.port.MeterReading.At;
import io.bascule.core.port.MeterReading.Failed;
import io.bascule.core.port.MeterReading.Told;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;

/** One metric over the time of a run, on ministack and on moto: both have averages. */
@Tag("server")
class CloudWatchMeterServerTest {
    private final String namespace = Peers.fresh("Shop");
    private final Instant minute = Instant.now().minus(Duration.ofMinutes(30)).truncatedTo(ChronoUnit.MINUTES);

    private CloudWatchMeter meter(Clients clients, String service) {
        MeterAddress address = MeterAddress.of("cloudwatch:" + Peers.REGION + "?namespace=" + namespace
                        + "&metric=MemoryUtilization&ServiceName=" + service)
                .orElseThrow();
        assertThat(CloudWatchAddress.problems(address)).isEmpty();
        return new CloudWatchMeter(CloudWatchAddress.of(address), clients, Peers.calls());
    }

    private void put(Clients clients, int at, double... values) {
        for (double value : values) {
            var _ = clients.cloudWatch(Peers.REGION)
                    .putMetricData(put -> put.namespace(namespace)
                            .metricData(MetricDatum.builder()
                                    .metricName("MemoryUtilization")
                                    .dimensions(Dimension.builder()
                                            .name("ServiceName")
                                            .value("web")
                                            .build())
                                    .timestamp(minute.plus(Duration.ofMinutes(at)))
                                    .value(value)
                                    .build()));
        }
    }

    private MeterReading read(CloudWatchMeter meter) {
        return meter.read(minute.plusSeconds(20), minute.plusSeconds(200), Peers.soon());
    }

    @Test
    void periods_within_the_run_are_averages_and_one_without_data_is_missing() {
        for (URI peer : List.of(Peers.ministack(), Peers.moto())) {
            Clients clients = Clients.at(peer);
            put(clients, 0, 99);
            put(clients, 1, 40, 60);
            put(clients, 3, 99);
            assertThat(read(meter(clients, "web")))
                    .as("%s", peer)
                    .isEqualTo(new Told(List.of(new At(minute.plusSeconds(60), 50)), 1));
            assertThat(read(meter(clients, "Web"))).as("%s", peer).isEqualTo(new Told(List.of(), 2));
        }
    }

    @Test
    void nobody_there_is_told_and_may_be_asked_again() {
        MeterReading reading = read(meter(Clients.at(URI.create("http://127.0.0.1:9")), "web"));
        assertThat(reading)
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.again()).isTrue());
    }
}
