package io.bascule.app.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.Problem;
import io.bascule.load.AbortRule;
import io.bascule.load.Arrivals;
import io.bascule.load.LoadRequest;
import io.bascule.load.Wire;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileFileTest {

    @TempDir
    Path folder;

    @Test
    void a_profile_says_all_that_a_load_can_be() throws Exception {
        Files.writeString(folder.resolve("users.csv"), "user\nana\nben\n");
        Profile profile = good("""
                load: 1
                name: shop
                targets:
                  source: http://127.0.0.1:8081
                  target: { url: https://shop.example, connect-to: 10.0.0.7:8443 }
                stages:
                  - { from: 10/s, to: 200/s, for: 30s }
                  - { rate: 200/s, for: 1m }
                spacing: poisson
                seed: 7
                warm-up: 10s
                connections: 90
                time-outs: { connect: 2s, response: 20s }
                redirects: 3
                renew-connections: 30s
                abort: { failed-percent: 25, over-seconds: 10 }
                headers: { Authorization: "Bearer ${env.SHOP_TOKEN}" }
                data: { users: users.csv }
                scenarios:
                  buy:
                    weight: 3
                    requests:
                      - post: /login
                        body: '{"user":"${user}"}'
                        headers: { Content-Type: application/json }
                        check: { status: 200, json: { /ok: true } }
                        extract: { id: { json: /id } }
                        think: 1s to 3s
                      - get: /baskets/${id}
                        name: basket
                  look: [ { get: / } ]
                """);
        assertThat(profile.arrivals())
                .isEqualTo(new Arrivals.Stages(
                        List.of(
                                new Arrivals.Stage(10, 200, Duration.ofSeconds(30)),
                                new Arrivals.Stage(200, 200, Duration.ofMinutes(1))),
                        7L));
        assertThat(profile.abort()).isEqualTo(new AbortRule(0.25, 10));
        assertThat(profile.targets()).extracting(Profile.Target::name).containsExactly("source", "target");
        var load = profile.on(profile.targets().getLast());
        assertThat(load.warmUp()).isEqualTo(Duration.ofSeconds(10));
        assertThat(load.connections()).isEqualTo(90);
        assertThat(load.timeOut()).isEqualTo(Duration.ofSeconds(20));
        assertThat(load.wire().connectTo()).isEqualTo(new Wire.HostPort("10.0.0.7", 8443));
        assertThat(load.wire().redirects()).isEqualTo(3);
        LoadRequest login = login(profile);
        assertThat(login.headers()).containsEntry("Authorization", "Bearer s3cret");
        assertThat(profile.toString()).as("secrets show nowhere").doesNotContain("s3cret");
    }

    /** Part D of the seeds' faults, D5: fifty users are a closed model, and the result calls them so. */
    @Test
    void the_handbooks_own_configuration_is_the_closed_model_that_it_is() throws Exception {
        Profile profile = good("""
                {"target_url": "https://migrated-app.company.com", "concurrent_users": 50, "duration_minutes": 15,
                 "headers": {"User-Agent": "LoadTester/1.0"}}
                """);
        assertThat(profile.arrivals()).isEqualTo(new Arrivals.Closed(50, Duration.ZERO, Duration.ofMinutes(15)));
        assertThat(profile.words()).isEqualTo("50 users (closed model) for 15m");
        assertThat(profile.requests().request(0).headers()).containsEntry("User-Agent", "LoadTester/1.0");
        assertThat(profile.requests().request(0)).isSameAs(profile.requests().request(1));
    }

    @Test
    void every_mistake_is_told_at_once_at_its_place() throws Exception {
        Files.writeString(folder.resolve("bad.csv"), "a,a b\n1\n");
        List<Problem> problems = faulty("""
                load: 1
                targte: http://127.0.0.1
                rate: 500000/s
                for: 0s
                warm-up: 10
                time-outs: { response: 90s }
                data: { users: bad.csv, more: none.csv }
                scenarios:
                  look:
                    - get: /a b
                      check: { status: 999, matches: "(" , json: { id: 1 } }
                    - get: /${nobody}
                      headers: { Authorization: "${env.NO_SUCH}" }
                """);
        assertThat(problems.stream().map(ProfileFileTest::brief))
                .contains(
                        "profile.yaml:1 BSC-1107",
                        "profile.yaml:2 BSC-1101",
                        "profile.yaml:3 BSC-1203",
                        "profile.yaml:4 BSC-1201",
                        "profile.yaml:5 BSC-1201",
                        "profile.yaml:6 BSC-1201",
                        "profile.yaml:7 BSC-1303",
                        "profile.yaml:10 BSC-1213",
                        "profile.yaml:11 BSC-1204",
                        "profile.yaml:11 BSC-1213",
                        "profile.yaml:12 BSC-1105",
                        "profile.yaml:13 BSC-1206",
                        "bad.csv:1 BSC-1213",
                        "bad.csv:2 BSC-1213");
        assertThat(problems)
                .filteredOn(problem -> problem.code().equals("BSC-1101"))
                .singleElement()
                .extracting(Problem::hint)
                .isEqualTo("did you mean 'target'?");
    }

    @Test
    void a_rate_out_of_range_is_refused() throws Exception {
        for (String rate : new String[] {"0/s", "100001/s", "-5/s", "5", "fast"}) {
            assertThat(faulty("load: 1\ntarget: http://127.0.0.1\nfor: 1s\nrate: " + rate + "\n"))
                    .as(rate)
                    .singleElement()
                    .satisfies(problem -> {
                        assertThat(problem.code()).isEqualTo("BSC-1203");
                        assertThat(problem.line()).isEqualTo(4);
                        assertThat(problem.column()).isEqualTo(7);
                    });
        }
    }

    @Test
    void what_excludes_each_other_is_told() throws Exception {
        assertThat(faulty("load: 1\ntarget: http://127.0.0.1\nrate: 5/s\nusers: 5\nfor: 1s\n"))
                .extracting(Problem::code)
                .containsExactly("BSC-1107");
        assertThat(faulty("load: 1\ntarget: http://127.0.0.1\nusers: 5\nspacing: poisson\nfor: 1s\n"))
                .extracting(Problem::code)
                .containsExactly("BSC-1109");
        assertThat(faulty("load: 1\ntarget: http://127.0.0.1\nstages: [ { from: 1/s, for: 1s } ]\n"))
                .extracting(Problem::code)
                .contains("BSC-1109");
    }

    @Test
    void a_file_that_is_not_there_is_a_problem_and_no_accident() {
        assertThat(ProfileFile.read(folder.resolve("none.yaml"))).isInstanceOf(ProfileFile.Faulty.class);
        assertThat(ProfileFile.read(folder)).isInstanceOf(ProfileFile.Faulty.class);
    }

    private static LoadRequest login(Profile profile) {
        for (long i = 0; i < 100; i++) {
            LoadRequest request = profile.requests().request(i);
            if (request.path().equals("/login")) {
                return request;
            }
        }
        throw new AssertionError("no login among a hundred visits");
    }

    private static String brief(Problem problem) {
        Path name = Path.of(problem.file()).getFileName();
        return name + ":" + problem.line() + " " + problem.code();
    }

    private Profile good(String text) throws Exception {
        return switch (read(text)) {
            case ProfileFile.Good good -> good.profile();
            case ProfileFile.Faulty faulty -> throw new AssertionError(faulty.problems());
        };
    }

    private List<Problem> faulty(String text) throws Exception {
        return switch (read(text)) {
            case ProfileFile.Good good -> throw new AssertionError("no problem in " + good.profile());
            case ProfileFile.Faulty faulty -> faulty.problems();
        };
    }

    private ProfileFile.Read read(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("profile.yaml"), text);
        return ProfileFile.read(file, Map.of("SHOP_TOKEN", "s3cret"));
    }
}
