package io.bascule.load.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.load.IntervalSnapshot;
import io.bascule.load.LatencyHistogram;
import io.bascule.load.LoadOutcome;
import io.bascule.load.Outcomes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportsTest {

    @TempDir
    Path folder;

    @Test
    void the_interval_log_is_read_back_by_the_formats_own_reader() throws Exception {
        LoadOutcome outcome = Outcomes.random(11);
        Path file = folder.resolve("load.hlog");
        try (var log = new IntervalLog(file)) {
            outcome.targets().forEach(target -> target.intervals().forEach(second -> log.add(target.name(), second)));
        }
        var read = new ArrayList<AbstractHistogram>();
        try (var reader = new HistogramLogReader(file.toFile())) {
            for (EncodableHistogram next = reader.nextIntervalHistogram();
                    next != null;
                    next = reader.nextIntervalHistogram()) {
                read.add((AbstractHistogram) next);
            }
        }
        List<IntervalSnapshot> written = outcome.targets().stream()
                .flatMap(target -> target.intervals().stream())
                .toList();
        assertThat(read).hasSameSizeAs(written);
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i)).isEqualTo(written.get(i).response().toHdr());
            assertThat(read.get(i).getStartTimeStamp())
                    .isEqualTo(written.get(i).from().toEpochMilli());
        }
        assertThat(read).extracting(AbstractHistogram::getTag).containsOnly("source", "target");
    }

    @Test
    void the_seconds_as_csv_have_a_line_each_and_nothing_for_what_was_not_measured() {
        LoadOutcome outcome = Outcomes.random(12);
        List<String> lines = SecondsCsv.of(outcome).lines().toList();
        assertThat(lines).hasSize(7);
        assertThat(lines).allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(11));
        IntervalSnapshot empty = new IntervalSnapshot(
                outcome.startedAt(),
                java.time.Duration.ofSeconds(1),
                3,
                0,
                0,
                LatencyHistogram.EMPTY,
                LatencyHistogram.EMPTY);
        var target = outcome.targets().getFirst();
        var nothing =
                new io.bascule.load.TargetOutcome("t", target.total(), List.of(empty), target.byRequest(), 0, null);
        assertThat(SecondsCsv.of(new LoadOutcome(outcome.startedAt(), outcome.model(), "p", List.of(nothing))))
                .endsWith(",1000,3,0,0,,,,,\n");
    }

    @Test
    void the_summary_has_the_names_that_readers_of_k6_look_for() {
        var total = Outcomes.random(13).targets().getFirst().total();
        var metrics =
                (Map<?, ?>) java.util.Objects.requireNonNull(K6Summary.of(total).get("metrics"));
        assertThat((Map<?, ?>) metrics.get("http_reqs"))
                .isNotNull()
                .extracting("count")
                .isEqualTo(total.requests());
        assertThat((Map<?, ?>) metrics.get("http_req_duration"))
                .isNotNull()
                .extracting("p(95)")
                .isEqualTo(total.response().percentileMillis(95));
        assertThat((Map<?, ?>) metrics.get("http_req_failed"))
                .isNotNull()
                .extracting("passes")
                .isEqualTo(total.failed());
    }
}
