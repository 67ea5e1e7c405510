package io.bascule.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.PlanHash;
import io.bascule.planfile.problem.Problems;
import io.bascule.planfile.tree.SourceText;
import io.bascule.planfile.tree.Tree;
import io.bascule.planfile.tree.YamlReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Laws of the plan's hash. */
class HashTest {
    private static final PlanHash SHOP = hash(Shop.text());

    private static PlanHash hash(String text) {
        return Shop.good(text).plan().hash();
    }

    @Test
    void comments_and_white_space_do_not_change_it() {
        String bare = Shop.text()
                .lines()
                .map(line -> line.replaceAll("(^| +)#.*", ""))
                .filter(line -> !line.isBlank())
                .collect(Collectors.joining("\n"));
        assertThat(bare).doesNotContain("#");
        assertThat(hash(bare)).isEqualTo(SHOP);
        assertThat(hash(Shop.text().replace("p95 <= 800ms", "p95   <=   800ms")))
                .isEqualTo(SHOP);
        assertThat(hash(Shop.text().replace("\n", "\r\n"))).isEqualTo(SHOP);
    }

    @Test
    void the_order_of_keys_does_not_change_it_where_it_has_no_meaning() {
        for (long seed = 1; seed <= 50; seed++) {
            String shuffled = json(tree(), new Random(seed));
            assertThat(hash(shuffled)).as("seed " + seed).isEqualTo(SHOP);
        }
    }

    @Test
    void a_default_that_is_written_out_does_not_change_it() {
        assertThat(hash(Shop.with("freeze: hold", "freeze: hold\n    min-healthy: 1\n    sticky: false")))
                .isEqualTo(SHOP);
        assertThat(hash(Shop.with("need: 1 }", "need: 1, remind: 15m, requester-alone: true }")))
                .isEqualTo(SHOP);
    }

    @Test
    void equal_values_in_other_units_do_not_change_it() {
        assertThat(hash(Shop.with(
                        "lasts: 6h",
                        "lasts: 360m",
                        "p95 <= 800ms",
                        "p95 <= 0.8s",
                        "expect: 500/s",
                        "expect: 30000/min")))
                .isEqualTo(SHOP);
    }

    @Test
    void every_single_value_changes_it() {
        List<Map.Entry<String, String>> changes = List.of(
                Map.entry("name: shop", "name: store"),
                Map.entry("title: The shop", "title: A shop"),
                Map.entry("lasts: 6h", "lasts: 7h"),
                Map.entry("margin: 20m", "margin: 21m"),
                Map.entry("at-turnaround: roll back", "at-turnaround: hold"),
                Map.entry("name: Ana Ruiz", "name: Ana R."),
                Map.entry("roles: [lead]", "roles: [lead, dba]"),
                Map.entry("http: http://127.0.0.1:8082", "http: http://127.0.0.1:9082"),
                Map.entry("control: http://127.0.0.1:8079", "control: http://127.0.0.1:8078"),
                Map.entry("file:front-door.token", "file:other.token"),
                Map.entry("expect: 500/s", "expect: 501/s"),
                Map.entry("[POST, PUT, PATCH, DELETE]", "[POST, PUT, PATCH]"),
                Map.entry("park: at most 2000", "park: at most 2001"),
                Map.entry("drain 20s", "drain 21s"),
                Map.entry("people sign in again", "people sign in"),
                Map.entry("run-on: target after release", "run-on: source"),
                Map.entry("POST /run-once", "POST /run-twice"),
                Map.entry("requests >= 50", "requests >= 51"),
                Map.entry("percentile: 95 }", "percentile: 95.5 }"),
                Map.entry("every: 2s", "every: 1s"),
                Map.entry("over: 2s", "over: 3s"),
                Map.entry("2 of 3", "3 of 3"),
                Map.entry("300 per stage", "301 per stage"),
                Map.entry("within 3 points", "within 2.5 points"),
                Map.entry("after: 5m, then: hold", "after: 6m, then: hold"),
                Map.entry("then: hold", "then: roll back"),
                Map.entry("errors <= 1%", "errors <= 2%"),
                Map.entry("1.5 x source + 50ms", "1.5 x source + 51ms"),
                Map.entry("restore-into: target/scratch.db", "restore-into: target/other.db"),
                Map.entry("expect: 200", "expect: 204"),
                Map.entry("rate: 200/s", "rate: 201/s"),
                Map.entry("need: 2, remind: 5m", "need: 2, remind: 6m"),
                Map.entry("requester-alone: false", "requester-alone: true"),
                Map.entry("at-most: 20s", "at-most: 21s"),
                Map.entry("time-out: 5s", "time-out: 6s"),
                Map.entry("soak: 10s", "soak: 11s"),
                Map.entry("25% for 10s", "26% for 10s"),
                Map.entry("bake: { for: 15s }", "bake: { for: 16s }"),
                Map.entry("bake: { for: 15s }", "bake: { for: 15s, planned: 16s }"),
                Map.entry("bake: { for: 15s }", "bake: { for: 15s, owner: ben }"),
                Map.entry("file: messages/", "file: mail/"),
                Map.entry("executives: [ana]", "executives: [ben]"));
        for (Map.Entry<String, String> change : changes) {
            assertThat(hash(Shop.with(change.getKey(), change.getValue())))
                    .as(change.toString())
                    .isNotEqualTo(SHOP);
        }
    }

    @Test
    void a_script_whose_contents_change_changes_it_and_is_told() {
        Decoded.Good good = Shop.good(Shop.text());
        List<SourceText> texts = good.texts();
        ReferencedFiles edited = ReferencedFiles.stored(Map.of("checks/smoke.sh", "e".repeat(64)));
        Decoded.Good other = (Decoded.Good) PlanFile.decode(texts, Shop.FOLDER, edited);
        assertThat(other.plan().hash()).isNotEqualTo(SHOP);
        assertThat(ReferencedFiles.changes(other.files(), ReferencedFiles.in(Shop.FOLDER)))
                .containsOnlyKeys("checks/smoke.sh");
        assertThat(ReferencedFiles.changes(good.files(), ReferencedFiles.in(Shop.FOLDER)))
                .isEmpty();
        assertThat(PlanDifference.between(good.canonicalJson(), other.canonicalJson()))
                .extracting(PlanDifference.Change::path)
                .containsExactly("files.checks/smoke.sh");
    }

    @Test
    void a_stored_run_decodes_to_the_same_plan_without_its_files() {
        Decoded.Good good = Shop.good(Shop.text());
        Decoded again =
                PlanFile.decode(good.texts(), java.nio.file.Path.of("gone"), ReferencedFiles.stored(good.files()));
        assertThat(((Decoded.Good) again).plan()).isEqualTo(good.plan());
        assertThat(((Decoded.Good) again).canonicalJson()).isEqualTo(good.canonicalJson());
    }

    @Test
    void a_difference_names_the_value_that_changed() {
        Decoded.Good before = Shop.good(Shop.text());
        Decoded.Good after = Shop.good(Shop.with("margin: 20m", "margin: 21m"));
        assertThat(PlanDifference.between(before.canonicalJson(), after.canonicalJson()))
                .containsExactly(new PlanDifference.Change("plan.window.margin", "\"PT20M\"", "\"PT21M\""));
    }

    private static Tree tree() {
        return YamlReader.read(new SourceText("plan.yaml", Shop.text()), new Problems())
                .orElseThrow();
    }

    /** The plan as JSON with the keys of every map but the phases in any order. */
    private static String json(Tree tree, Random random) {
        return switch (tree) {
            case Tree.Scalar scalar -> SchemaTest.json(scalar);
            case Tree.Sequence list ->
                list.items().stream().map(item -> json(item, random)).collect(Collectors.joining(",", "[", "]"));
            case Tree.Mapping map -> {
                List<Tree.Entry> entries = new ArrayList<>(map.entries());
                boolean sequence = map.find("go").isPresent();
                if (!sequence) {
                    Collections.shuffle(entries, random);
                }
                yield entries.stream()
                        .map(entry -> "\"" + entry.key() + "\":" + json(entry.value(), random))
                        .collect(Collectors.joining(",", "{", "}"));
            }
        };
    }
}
