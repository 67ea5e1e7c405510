package io.bascule.aws.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.port.Meter;
import io.bascule.core.port.MeterAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CloudWatchAddressTest {
    private static final String LEAST = "cloudwatch:eu-central-1?namespace=AWS/ECS&metric=CPUUtilization";

    private static MeterAddress address(String text) {
        return MeterAddress.of(text).orElseThrow();
    }

    private static List<String> problems(String text) {
        return CloudWatchAddress.problems(address(text));
    }

    @Test
    void what_is_left_out_is_the_usual() {
        assertThat(problems(LEAST)).isEmpty();
        assertThat(CloudWatchAddress.of(address(LEAST + "&ClusterName=shop&dimension.host=a%26b")))
                .isEqualTo(new CloudWatchAddress(
                        "eu-central-1",
                        "AWS/ECS",
                        "CPUUtilization",
                        new TreeMap<>(Map.of("ClusterName", "shop", "host", "a&b")),
                        "Average",
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(3),
                        Meter.Scale.PERCENT));
    }

    @Test
    void everything_may_be_said() {
        String all = LEAST + "&ServiceName=web&stat=p99.9&period=5m&delay=10m&unit=fraction";
        assertThat(problems(all)).isEmpty();
        CloudWatchAddress address = CloudWatchAddress.of(address(all));
        assertThat(address.statistic()).isEqualTo("p99.9");
        assertThat(address.period()).isEqualTo(Duration.ofMinutes(5));
        assertThat(address.delay()).isEqualTo(Duration.ofMinutes(10));
        assertThat(address.scale()).isEqualTo(Meter.Scale.FRACTION);
        assertThat(address.about())
                .isEqualTo("CloudWatch AWS/ECS CPUUtilization of ServiceName=web, p99.9 over 300 s, in eu-central-1"
                        + " (names are exact, and such periods are kept for 63 days)");
        for (String period : List.of("1", "5s", "10", "30s", "60", "1m", "1h")) {
            assertThat(problems(LEAST + "&period=" + period)).isEmpty();
        }
        for (String region : List.of("us-gov-west-1", "ap-southeast-2", "us-isob-east-1")) {
            assertThat(problems(LEAST.replace("eu-central-1", region))).isEmpty();
        }
    }

    @Test
    void a_word_that_is_misspelt_is_no_dimension() {
        assertThat(problems("cloudwatch:?metrc=a&Stat=Sum&ClusterName=&stat=Avarage&period=7&delay=1d&ServiceName=a"
                        + "&dimension.ServiceName=b"))
                .containsExactly(
                        "'' is no region: expected one as in cloudwatch:eu-central-1?namespace=…",
                        "expected a namespace, as in namespace=AWS/ECS",
                        "expected a metric, as in metric=CPUUtilization",
                        "'metrc' is not known here; did you mean 'metric'?",
                        "'Stat': did you mean 'stat'? A dimension of that name is dimension.Stat",
                        "'ClusterName' has no value",
                        "'ServiceName' is written twice",
                        "stat=Avarage: expected Average, Maximum, p95 or another statistic of CloudWatch;"
                                + " did you mean 'Average'?",
                        "period=7: expected whole minutes up to 1h, or 1s, 5s, 10s or 30s",
                        "delay=1d: expected a duration such as 3m, 30m at most");
    }
}
