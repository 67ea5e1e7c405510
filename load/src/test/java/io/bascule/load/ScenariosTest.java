package io.bascule.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bascule.load.scenario.Check;
import io.bascule.load.scenario.DataTable;
import io.bascule.load.scenario.Extract;
import io.bascule.load.scenario.JsonPointer;
import io.bascule.load.scenario.Scenario;
import io.bascule.load.scenario.Scenarios;
import io.bascule.load.scenario.Step;
import io.bascule.load.scenario.Template;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ScenariosTest {

    private static final List<Check> NONE = List.of();

    @Test
    void a_visit_carries_its_data_cookies_and_values_from_answer_to_request() throws Exception {
        var seen = new ConcurrentLinkedQueue<String>();
        try (var target = HttpTarget.answering((request, reply) -> {
            seen.add(request.method() + " " + request.uri() + " "
                    + request.headers().get("Cookie") + " " + request.headers().get("X-Token") + " "
                    + request.content().toString(StandardCharsets.UTF_8));
            var response = HttpTarget.response(200, "{\"basket\":{\"ids\":[7,\"a b\"]}}");
            response.headers().add("Set-Cookie", "session=s-1; Path=/");
            response.headers().add("Set-Cookie", "gone=1; Max-Age=0");
            response.headers().set("X-Answer", "token=t9;");
            reply.send(response);
        })) {
            var steps = List.of(
                    step(
                            "open",
                            "GET",
                            "/?u=${user}",
                            "",
                            NONE,
                            List.of(
                                    new Extract.FromJson("id", JsonPointer.of("/basket/ids/1")),
                                    new Extract.FromHeader("token", "X-Answer", Pattern.compile("token=(\\w+)")))),
                    step("add", "POST", "/baskets/${id}", "{\"user\":\"${user}\"}", NONE, List.of()));
            DataTable users = DataTable.ofCsv("user\nana & co\n", false, new ArrayList<>());
            var scenarios = new Scenarios(List.of(new Scenario("shop", 1, steps)), List.of(users), 1);
            TargetOutcome outcome = run(scenarios, target, 10);
            assertThat(seen.stream().toList())
                    .startsWith("GET /?u=ana%20%26%20co null null ")
                    .contains("POST /baskets/a%20b session=s-1 t9 {\"user\":\"ana & co\"}");
            assertThat(outcome.total().requests()).isEqualTo(2);
            assertThat(outcome.byRequest().keySet()).containsExactly("add", "open");
            assertThat(outcome.total().offeredPerSecond()).as("visits").isCloseTo(10, within(0.1));
        }
    }

    @Test
    void checks_of_every_kind_hold_or_fail_the_request() throws Exception {
        try (var target = HttpTarget.answering((_, reply) -> {
            var response = HttpTarget.response(404, "{\"a\":[{\"b\":1.50}],\"text\":\"Basket 7\"}");
            response.headers().set("Content-Type", "application/json");
            reply.send(response);
        })) {
            Map<Check, Boolean> checks = new LinkedHashMap<>();
            checks.put(new Check.Header("content-type", Pattern.compile("json$")), true);
            checks.put(new Check.Header("X-None", Pattern.compile("")), false);
            checks.put(new Check.Contains("Basket"), true);
            checks.put(new Check.Contains("Error"), false);
            checks.put(new Check.Lacks("Error"), true);
            checks.put(new Check.Matches(Pattern.compile("Basket \\d")), true);
            checks.put(new Check.Json(JsonPointer.of("/a/0/b"), Optional.of("1.5")), true);
            checks.put(new Check.Json(JsonPointer.of("/a/0/b"), Optional.of("2")), false);
            checks.put(new Check.Json(JsonPointer.of("/a/1"), Optional.empty()), false);
            checks.put(new Check.AtLeast(30), true);
            checks.put(new Check.AtLeast(3_000), false);
            for (Map.Entry<Check, Boolean> each : checks.entrySet()) {
                List<Check> both = List.of(new Check.Status(List.of(404)), each.getKey());
                var visit = new Scenario("s", 1, List.of(step("s", "GET", "/", "", both, List.of())));
                LoadResult result = run(new Scenarios(List.of(visit), List.of(), 1), target, 10)
                        .total();
                assertThat(result.errors())
                        .as(each.getKey().toString())
                        .isEqualTo(each.getValue() ? Map.of() : Map.of(ErrorKind.CHECK_FAILED, 1L));
            }
        }
    }

    @Test
    void a_visit_ends_where_a_request_failed_and_a_missing_value_is_a_failure() throws Exception {
        try (var target = HttpTarget.answering((_, reply) -> reply.ok())) {
            var steps = List.of(
                    step(
                            "first",
                            "GET",
                            "/",
                            "",
                            NONE,
                            List.of(new Extract.FromBody("id", Pattern.compile("id=(\\d+)")))),
                    step("second", "GET", "/${id}", "", NONE, List.of()));
            TargetOutcome outcome = run(new Scenarios(List.of(new Scenario("s", 1, steps)), List.of(), 1), target, 50);
            assertThat(outcome.total().errors()).isEqualTo(Map.of(ErrorKind.CHECK_FAILED, 5L));
            assertThat(outcome.byRequest().keySet()).containsExactly("first");
        }
    }

    @Test
    void scenarios_come_by_weight_and_are_the_same_for_every_target() {
        var light = new Scenario("light", 1, List.of(Step.plain("GET", "/light")));
        var heavy = new Scenario("heavy", 3, List.of(Step.plain("GET", "/heavy")));
        var one = new Scenarios(List.of(light, heavy), List.of(), 7);
        var other = new Scenarios(List.of(light, heavy), List.of(), 7);
        int heavies = 0;
        Set<LoadRequest> made = Collections.newSetFromMap(new IdentityHashMap<>());
        for (long i = 0; i < 10_000; i++) {
            made.add(one.request(i));
            assertThat(one.request(i).path()).isEqualTo(other.request(i).path());
            heavies += one.request(i).path().equals("/heavy") ? 1 : 0;
        }
        assertThat(heavies).as("three quarters, give or take five deviations").isBetween(7_280, 7_720);
        assertThat(made).as("each is made once").hasSize(2);
    }

    @Test
    void what_comes_after_thinking_is_due_then_and_not_late() throws Exception {
        try (var target = HttpTarget.answering((_, reply) -> reply.ok())) {
            var first = new Step(
                    "first",
                    "GET",
                    Template.of("/"),
                    new LinkedHashMap<>(),
                    Template.of(""),
                    NONE,
                    List.of(),
                    Duration.ofMillis(300),
                    Duration.ofMillis(300));
            var scenarios = new Scenarios(
                    List.of(new Scenario("s", 1, List.of(first, Step.plain("GET", "/second")))), List.of(), 1);
            var due = new ConcurrentLinkedQueue<LoadResponse>();
            var profile = LoadProfile.of(target.uri(), 20).lasting(Duration.ofMillis(50));
            try (var run = LoadGenerator.start(profile, scenarios, due::add)) {
                assertThat(run.await().requests()).isEqualTo(2);
            }
            var list = due.stream().toList();
            Duration between =
                    Duration.between(list.get(0).intended(), list.get(1).intended());
            assertThat(between).isGreaterThanOrEqualTo(Duration.ofMillis(300));
            assertThat(Duration.ofNanos(list.get(1).responseNanos()))
                    .as("the time to think is no latency")
                    .isLessThan(Duration.ofMillis(300));
        }
    }

    private static Step step(
            String name, String method, String path, String body, List<Check> checks, List<Extract> extracts) {
        var headers = new LinkedHashMap<String, Template>();
        if (body.contains("user")) {
            headers.put("X-Token", Template.of("${token}"));
        }
        return new Step(
                name,
                method,
                Template.of(path),
                headers,
                Template.of(body),
                checks,
                extracts,
                Duration.ZERO,
                Duration.ZERO);
    }

    /** As many visits as fall into 100 ms. */
    private static TargetOutcome run(Scenarios scenarios, HttpTarget target, int perSecond)
            throws InterruptedException {
        var profile = LoadProfile.of(target.uri(), perSecond).lasting(Duration.ofMillis(100));
        try (var run = LoadGenerator.start(profile, scenarios, ResponseListener.NONE)) {
            return run.await("target");
        }
    }
}
