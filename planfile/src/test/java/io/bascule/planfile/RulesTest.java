package io.bascule.planfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Person;
import io.bascule.core.plan.Problem;
import io.bascule.core.rules.Fault;
import io.bascule.core.rules.PlanRules;
import io.bascule.core.rules.Rule;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule for plans with plans that break it, and the place where that is told. */
class RulesTest {
    /** A bad plan: the rule it breaks, the text at the problem's place, and the edits of the shop that make it. */
    record Bad(Rule rule, String at, List<String> edits) {
        Bad(Rule rule, String at, String... edits) {
            this(rule, at, List.of(edits));
        }

        Bad at(String place) {
            return new Bad(rule, place, edits);
        }

        @Override
        public String toString() {
            return rule + " at " + at;
        }
    }

    private static final String PREPARE = "  prepare:\n";
    private static final String COMMIT = "  commit: { gate: { ask: [lead], need: 1 } }\n";
    private static final String FREEZE = "  freeze:\n";
    private static final String SHIFT =
            "  shift:\n    - shift: { entrances: [web], stages: [ 10% for 10s, 25% for 10s, 50% for 10s, 100% for 10s ] }\n";
    private static final String RELEASE = "  release:\n    - release: { soak: 10s, against: baseline }\n";

    static Stream<Bad> bad() {
        return Stream.concat(shapes(), values());
    }

    static Stream<Bad> shapes() {
        return Stream.of(
                new Bad(Rule.SEQUENCE, "release:", SHIFT, "", RELEASE, SHIFT + RELEASE),
                new Bad(Rule.SEQUENCE, "bake:", "\n  bake:", "\n  bake-2:").at("bake-2:"),
                new Bad(Rule.SEQUENCE, "phases:", "  go: {", "  commit: {", COMMIT, ""),
                new Bad(
                        Rule.COMMIT_PLACE,
                        "commit:",
                        "way-back: reverse",
                        "way-back: none",
                        "    - reverse-on: { dataset: orders }",
                        "  #"),
                new Bad(Rule.COMMIT_PLACE, "commit:", COMMIT, "", FREEZE, COMMIT + FREEZE),
                new Bad(
                                Rule.STEP_PLACE,
                                "check",
                                "  preflight:\n    - check",
                                "  preflight:\n    - backup: { dataset: orders, restore-into: x.db }\n    - check")
                        .at("backup"),
                new Bad(
                        Rule.INSIDE_FREEZE,
                        "gate",
                        "  sync:\n    - sync: { dataset: orders }\n    - compare-data: { dataset: orders }\n    - reverse-on: { dataset: orders }",
                        "  sync:\n    gate: { ask: [lead] }\n    steps:\n      - sync: { dataset: orders }\n      - compare-data: { dataset: orders }\n      - reverse-on: { dataset: orders }"),
                new Bad(
                        Rule.INSIDE_FREEZE,
                        "load",
                        "  smoke:\n",
                        "  smoke:\n    - load: { rate: 1/s, for: 1s, objectives: [ errors <= 1% ] }\n"),
                new Bad(Rule.DATA_PHASES, "phases:", RELEASE, ""),
                new Bad(
                        Rule.DATA_PHASES,
                        "data-first",
                        "moved: { kind: sqlite, source: source/shop.db, target: target/shop.db, way-back: reverse }",
                        "shared: always"),
                new Bad(Rule.DATA_PHASES, "datasets:", "shape: data-first", "shape: stateless"),
                new Bad(
                        Rule.ONE_WRITABLE,
                        "configure:",
                        "- configure: { file: source/app.properties, set: { database: target/shop.db } }",
                        "#"),
                new Bad(
                        Rule.ONE_WRITABLE,
                        "configure: { file: source",
                        "source/app.properties, set: { database: target/shop.db }",
                        "source/app.properties, set: { database: source/shop.db }"),
                new Bad(Rule.FOLLOWS, "data-first", "shape: data-first", "shape: data-first\nfollows: earlier")
                        .at("earlier"),
                new Bad(Rule.STAGES, "shift", "shape: data-first", "shape: flip").at("stages:"));
    }

    static Stream<Bad> values() {
        return Stream.of(
                new Bad(Rule.UNKNOWN_NAME, "order }", "- sync: { dataset: orders }", "- sync: { dataset: order }"),
                new Bad(Rule.UNKNOWN_NAME, "chef,", "ask: [lead, dba]", "ask: [chef, lead, dba]"),
                new Bad(Rule.UNKNOWN_NAME, "bob ]", "team: [ana, ben]", "team: [ana, bob ]"),
                new Bad(Rule.UNKNOWN_NAME, "p59 <= 800ms", "p95 <= 800ms", "p59 <= 800ms"),
                new Bad(Rule.UNKNOWN_NAME, "eve }", "- bake: { for: 15s }", "- bake: { for: 15s, owner: eve }"),
                new Bad(Rule.GATE_ANSWER, "3, remind", "need: 2, remind", "need: 3, remind"),
                new Bad(
                        Rule.REQUESTER_ALONE,
                        "gate:",
                        "{ ask: [lead], need: 1 }",
                        "{ ask: [lead], requester-alone: false }"),
                new Bad(
                        Rule.STAGE_UNJUDGED,
                        "judgement:",
                        "    limits: [ errors <= 1%, p95 <= 800ms ]\n",
                        "",
                        "    against-source: [ p95 <= 1.5 x source + 50ms ]\n",
                        ""),
                new Bad(Rule.REQUESTS_REACHED, "10% for 10s", "expect: 500/s", "expect: 290/s"),
                new Bad(Rule.FREEZE_TIME, "3s }", "expected: 5s", "expected: 3s"),
                new Bad(Rule.FREEZE_TIME, "3s, expected", "at-most: 20s", "at-most: 3s"),
                new Bad(Rule.FREEZE_TIME, "30s }", "expected: 5s", "expected: 30s"),
                new Bad(Rule.WINDOW_TIME, "21m,", "lasts: 6h", "lasts: 21m"),
                new Bad(
                        Rule.WRITERS_SAID,
                        "web:",
                        "    through: web\n    prove: POST /fence-probe",
                        "    singleton: { kind: simulated }\n    prove: POST /x"),
                new Bad(Rule.DATA_CARRIED, "orders:", "    - compare-data: { dataset: orders }\n", ""),
                new Bad(Rule.IRREVERSIBLE, "script", "effect: none, time-out: 5s", "observe: checks/smoke.sh"),
                new Bad(Rule.IRREVERSIBLE, "reverse-off", COMMIT, ""),
                new Bad(Rule.UNOBSERVED, "script", "effect: none, time-out: 5s", "undo: checks/smoke.sh"),
                new Bad(Rule.STAGES, "10% for 10s", "25% for 10s", "10% for 10s"),
                new Bad(Rule.STAGES, "25%,", "25% for 10s", "25%"),
                new Bad(Rule.STAGES, "stages:", ", 100% for 10s", ""),
                new Bad(
                        Rule.STAGES,
                        "web",
                        "100% for 10s ] }\n",
                        "100% for 10s ] }\n    - shift: { entrances: [web], stages: [ 100% for 10s ] }\n"),
                new Bad(Rule.BASELINE, "phases:", "    - judge: { record: baseline, for: 10s }\n", ""),
                new Bad(
                        Rule.ENTRANCE_LEFT,
                        "entrances:",
                        "datasets:\n",
                        "  api: { router: simulated, expect: 5/s, writes: [] }\ndatasets:\n"),
                new Bad(Rule.STORES, "source/shop.db, way", "target: target/shop.db", "target: source/shop.db"),
                new Bad(Rule.PREPARE_GATE, "prepare-dns", PREPARE, PREPARE + "    - prepare-dns: { entrance: web }\n"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void a_plan_that_breaks_a_rule_is_told_where(Bad bad) {
        String text = Shop.with(bad.edits().toArray(String[]::new));
        List<Problem> problems = Shop.problems(text);
        assertThat(problems).as(problems.toString()).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(bad.rule().code());
            assertThat(Shop.at(problem, text)).startsWith(bad.at());
        });
        assertThat(problems)
                .extracting(Problem::code)
                .allMatch(code -> code.startsWith("BSC-14") || code.equals("BSC-1301") || code.startsWith("BSC-94"));
    }

    @Test
    void every_rule_has_a_bad_plan() {
        Set<Rule> shown = EnumSet.of(Rule.DUPLICATE_NAME);
        bad().forEach(bad -> shown.add(bad.rule()));
        assertThat(shown).containsExactlyInAnyOrder(Rule.values());
    }

    @Test
    void a_name_twice_is_told_for_plans_that_no_file_could_write() {
        CutoverPlan plan = Shop.good(Shop.text()).plan();
        List<Person> twice = new ArrayList<>(plan.people());
        twice.add(plan.people().getFirst());
        CutoverPlan bad = new CutoverPlan(
                plan.name(),
                plan.title(),
                plan.shape(),
                plan.window(),
                twice,
                plan.environments(),
                plan.entrances(),
                plan.datasets(),
                plan.writers(),
                plan.metrics(),
                plan.judgement(),
                plan.phases(),
                plan.tell(),
                plan.follows(),
                plan.hash());
        assertThat(PlanRules.check(bad))
                .extracting(Fault::rule, Fault::path)
                .contains(tuple(Rule.DUPLICATE_NAME, "people.ana"));
    }

    @Test
    void without_reverse_capture_commit_before_the_freeze_is_a_good_plan() {
        String text = Shop.with(
                "way-back: reverse",
                "way-back: none",
                "    - reverse-on: { dataset: orders }",
                "  #",
                COMMIT,
                "",
                FREEZE,
                COMMIT + FREEZE,
                "    - reverse-off: { dataset: orders }\n",
                "");
        assertThat(Shop.problems(text)).isEmpty();
    }
}
