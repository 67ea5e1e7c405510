package io.bascule.load.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.load.LoadProfile;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReplayTest {

    private static final int REQUESTS = 10_000;

    private static final Set<String> PLANTED = Set.of(
            "GET /products/* status",
            "GET /products/* header x-catalogue",
            "GET /products/* header cache-control",
            "GET /products/* body /price",
            "GET /products/* body /stock",
            "GET /orders/* body /lines/*= order",
            "GET /orders/* body /lines/#",
            "GET /orders/* body /currency",
            "GET /orders/* body /vat",
            "GET /orders/* body /note",
            "GET /search?q body /hits/*=",
            "GET /page/* body line 3");

    @Test
    void of_ten_thousand_requests_all_twelve_differences_are_found_and_none_is_invented() throws Exception {
        long seed = System.nanoTime();
        Recording recording = Recording.read(log(new Random(seed)));
        assertThat(recording.requests()).hasSize(REQUESTS);
        assertThat(recording.unsafe()).isEqualTo(500);
        try (var source = new TwoVersions(false, seed + 1);
                var target = new TwoVersions(true, seed + 2)) {
            ReplayOutcome outcome = replay(recording, source, target).run(3);
            assertThat(outcome.compared()).as("seed " + seed).isEqualTo(REQUESTS);
            assertThat(places(outcome.findings())).as("seed " + seed).isEqualTo(new TreeSet<>(PLANTED));
            assertThat(outcome.identical()).isFalse();
            assertThat(outcome.noise().keySet())
                    .contains(
                            "GET /products/* body /at",
                            "GET /orders/* body /lines/*/trace",
                            "GET /search?q body /hits/*/score",
                            "GET /tags/* body /tags/*",
                            "GET /page/* body line 4");
            assertThat(outcome.findings())
                    .filteredOn(finding -> finding.where().equals("body /price"))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.example()).isEqualTo("GET /products/12");
                        assertThat(finding.source()).isEqualTo("19.99");
                        assertThat(finding.target()).isEqualTo("20");
                    });
        }
    }

    @Test
    void the_same_version_twice_is_identical_however_noisy_it_is() throws Exception {
        long seed = System.nanoTime();
        Recording recording = Recording.read(log(new Random(seed)));
        var some = new Recording(recording.requests().subList(0, 2_000), 0, List.of(), 0);
        try (var source = new TwoVersions(false, seed + 1);
                var target = new TwoVersions(false, seed + 2)) {
            ReplayOutcome outcome = replay(some, source, target).run(3);
            assertThat(outcome.findings()).as("seed " + seed).isEmpty();
            assertThat(outcome.identical()).isTrue();
        }
    }

    @Test
    void a_target_that_is_not_there_is_a_difference_and_never_a_pass() throws Exception {
        Recording recording = Recording.read(log(new Random(3)));
        var some = new Recording(recording.requests().subList(0, 100), 0, List.of(), 0);
        try (var source = new TwoVersions(false, 4)) {
            var nobody = new TwoVersions(false, 5);
            nobody.close();
            ReplayOutcome outcome = replay(some, source, nobody).run(1);
            assertThat(outcome.findings())
                    .isNotEmpty()
                    .allSatisfy(finding -> assertThat(finding.target()).isEqualTo("none: CONNECT_REFUSED"));
        }
        var gone = new TwoVersions(false, 6);
        gone.close();
        ReplayOutcome nothing = replay(some, gone, gone).run(1);
        assertThat(nothing.compared()).isZero();
        assertThat(nothing.identical()).isFalse();
    }

    private static Replay replay(Recording recording, TwoVersions source, TwoVersions target) {
        return new Replay(
                recording,
                LoadProfile.of(source.uri(), 1).withConnections(50),
                LoadProfile.of(target.uri(), 1).withConnections(50),
                Map.of("Accept", "*/*"));
    }

    private static Set<String> places(List<Finding> findings) {
        var places = new TreeSet<String>();
        findings.forEach(finding -> places.add(
                finding.endpoint() + " " + finding.where() + (finding.kind().equals("order") ? " order" : "")));
        return places;
    }

    /** A combined log of 10,000 reads in twenty seconds, and 500 writes that must not be sent again. */
    private static String log(Random random) {
        var format = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
                .withZone(ZoneOffset.UTC);
        String[] words = {"lamp", "chair", "table", "sofa"};
        Instant start = Instant.parse("2026-11-20T10:00:00Z");
        var log = new StringBuilder();
        for (int i = 0; i < REQUESTS + 500; i++) {
            String time = format.format(start.plusMillis(i * 20_000L / (REQUESTS + 500)));
            String request = i % 21 == 20
                    ? "POST /orders"
                    : switch (random.nextInt(6)) {
                        case 0 -> "GET /products/" + random.nextInt(100);
                        case 1 -> "GET /orders/" + (20 + random.nextInt(40));
                        case 2 -> "GET /search?q=" + words[random.nextInt(4)];
                        case 3 -> "GET /page/" + random.nextInt(10);
                        case 4 -> "GET /old/" + random.nextInt(10);
                        default -> "GET /tags/" + random.nextInt(10);
                    };
            log.append("10.0.0.1 - - [").append(time).append("] \"").append(request);
            log.append(" HTTP/1.1\" 200 512 \"-\" \"Mozilla/5.0 (X11)\"\n");
        }
        return log.toString();
    }
}
