package io.bascule.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.bascule.core.json.Json;
import io.bascule.core.plan.Shape;
import io.bascule.planfile.problem.Code;
import io.bascule.planfile.problem.Problems;
import io.bascule.planfile.tree.SourceText;
import io.bascule.planfile.tree.Tree;
import io.bascule.planfile.tree.YamlReader;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON Schema, judged by somebody else's validator, agrees with the decoder about a file's form. */
class SchemaTest {
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(PlanSchema.schema(), InputFormat.JSON);

    /** What a schema cannot see: places in the text, what names refer to, calendars, and how values fit together. */
    private static final Set<Code> BEYOND = EnumSet.of(
            Code.DUPLICATE_KEY,
            Code.NOT_WITH,
            Code.TIME_GAP,
            Code.TIME_OVERLAP,
            Code.UNIT,
            Code.FILE_MISSING,
            Code.SIDE_UNSAID,
            Code.CONNECTS_TWICE,
            Code.OWNER_UNSAID,
            Code.LOOKS_SECRET);

    /** Bad files whose fault lies in how values fit together, though their code also stands for the form. */
    private static final Set<String> RELATIONS = Set.of("p95 <= 900ms", "2026-13-01T10:00", "CET");

    static Stream<CodesTest.Bad> form() {
        return CodesTest.all()
                .filter(bad -> bad.code().number().compareTo("BSC-1100") > 0)
                .filter(bad -> bad.code() != Code.COMPLEX_KEY)
                .filter(bad -> !BEYOND.contains(bad.code()) && !RELATIONS.contains(bad.at()));
    }

    @ParameterizedTest
    @MethodSource("form")
    void a_file_of_bad_form_is_refused_by_both(CodesTest.Bad bad) {
        String text = Shop.with(bad.edits().toArray(String[]::new));
        assertThat(Shop.problems(text)).isNotEmpty();
        assertThat(SCHEMA.validate(json(text), InputFormat.JSON)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.bascule.planfile.RulesTest#bad")
    void a_file_of_good_form_is_accepted_by_the_schema_whatever_rule_it_breaks(RulesTest.Bad bad) {
        String text = Shop.with(bad.edits().toArray(String[]::new));
        assertThat(SCHEMA.validate(json(text), InputFormat.JSON)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void the_templates_are_accepted_by_the_schema(Shape shape) {
        String text = PlanTemplates.files("app", shape).getOrDefault("plan.yaml", "");
        assertThat(SCHEMA.validate(json(text), InputFormat.JSON)).isEmpty();
    }

    @Test
    void the_shop_and_its_overlay_free_form_are_accepted() {
        assertThat(SCHEMA.validate(json(Shop.text()), InputFormat.JSON)).isEmpty();
    }

    @Test
    void a_plan_with_other_adapters_and_steps_is_accepted_by_both() {
        String text = Shop.with(
                "router: front-door", "router: simulated",
                "kind: sqlite", "kind: simulated",
                "    singleton:  ", "    singleton:\n      kind: simulated\n      #",
                "file: messages/", "simulated: {}",
                "  prepare:\n",
                        "  prepare:\n    gate: { ask: [lead] }\n    steps:\n    - capacity: { side: target, amount: 4, simulated: { name: web } }\n",
                "  validate:\n", "  validate:\n    - replay: { file: checks/smoke.sh, for: 5s }\n");
        assertThat(Shop.problems(text)).isEmpty();
        assertThat(SCHEMA.validate(json(text), InputFormat.JSON)).isEmpty();
    }

    static String json(String yaml) {
        Optional<Tree> tree = YamlReader.read(new SourceText("plan.yaml", yaml), new Problems());
        return json(tree.orElseThrow());
    }

    private static String json(Tree tree) {
        return switch (tree) {
            case Tree.Scalar scalar -> json(scalar);
            case Tree.Sequence list ->
                list.items().stream().map(SchemaTest::json).collect(Collectors.joining(",", "[", "]"));
            case Tree.Mapping map ->
                map.entries().stream()
                        .map(entry -> Json.write(entry.key()) + ":" + json(entry.value()))
                        .collect(Collectors.joining(",", "{", "}"));
        };
    }

    static String json(Tree.Scalar scalar) {
        return switch (scalar.form()) {
            case TEXT -> Json.write(scalar.text());
            case WHOLE, DECIMAL, FLAG -> scalar.text();
            case NULL -> "null";
        };
    }
}
