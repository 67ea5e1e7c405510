package io.bascule.app.meters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.load.Usage;
import io.bascule.load.Usage.Scale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceFileTest {
    private static final Instant BEGUN = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static SortedMap<String, Usage> read(Path file, Optional<String> measure) throws IOException {
        return ResourceFile.read(file, measure, Optional.of(BEGUN), Optional.of(Duration.ofMinutes(1)));
    }

    private static void holds(SortedMap<String, Usage> read, String measure, Scale scale, Double... values) {
        Usage usage = Objects.requireNonNull(read.get(measure));
        assertThat(usage.scale()).isEqualTo(scale);
        assertThat(usage.samples()).extracting(Usage.Sample::value).containsExactly(values);
    }

    @Test
    void an_answer_of_prometheus_does_not_say_how_it_writes_shares() throws IOException {
        Path prometheus = file("p.json", """
            {"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1763719200,"0.42"],[1763719205,"0.5"]]}]}}
            """);
        SortedMap<String, Usage> read =
                ResourceFile.read(prometheus, Optional.of("cpu"), Optional.empty(), Optional.empty());
        holds(read, "cpu", Scale.UNSAID, 0.42, 0.5);
    }

    @Test
    void of_an_answer_of_cloudwatch_only_what_lies_within_the_run_counts() throws IOException {
        Path data = file("d.json", """
            {"MetricDataResults":[{"Id":"m","Timestamps":["2026-11-21T10:00:05Z","2026-11-21T11:00:00+00:00"],"Values":[40.0,99.0]}]}
            """);
        holds(read(data, Optional.of("cpu_utilization")), "cpu", Scale.PERCENT, 40.0);
        Path statistics = file(
                "s.json",
                "{\"Label\":\"CPUUtilization\",\"Datapoints\":[{\"Timestamp\":\"2026-11-21T10:00:00Z\",\"Average\":12.5,\"Unit\":\"Percent\"}]}");
        holds(read(statistics, Optional.of("cpu")), "cpu", Scale.PERCENT, 12.5);
    }

    @Test
    void a_table_names_its_own_measures() throws IOException {
        Path csv = file("r.csv", "time,cpu,memory\n2026-11-21T10:00:00Z,50,61\n2026-11-21T10:00:05Z,60,\n");
        holds(read(csv, Optional.empty()), "cpu", Scale.PERCENT, 50.0, 60.0);
        holds(read(csv, Optional.empty()), "memory", Scale.PERCENT, 61.0);
    }

    @Test
    void what_is_none_of_these_is_told_with_its_place() throws IOException {
        for (String value : List.of("high", "NaN", "Infinity")) {
            Path wrong = file("w.csv", "time,cpu\n2026-11-21T10:00:00Z," + value + "\n");
            assertThatThrownBy(() -> read(wrong, Optional.empty()))
                    .hasMessageEndingWith("w.csv:2: '" + value + "' in column 'cpu' is no number");
        }
        Path other = file("o.csv", "time,cpu\n2026-11-21T11:00:00Z,5\n");
        assertThatThrownBy(() -> read(other, Optional.empty()))
                .hasMessageEndingWith("none of its samples lies within the run");
        Path several = file("m.json", "{\"data\":{\"result\":[{},{}]}}");
        assertThatThrownBy(() -> read(several, Optional.of("cpu")))
                .hasMessageContaining("m.json: expected one series in a Prometheus answer, found 2");
    }
}
