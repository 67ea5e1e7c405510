package io.bascule.planfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.bascule.core.plan.Problem;
import io.bascule.planfile.tree.SourceText;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TenMistakesTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "ten");

    @Test
    void ten_mistakes_are_ten_problems_at_their_places() {
        String text = Shop.read(FOLDER.resolve("plan.yaml"));
        List<SourceText> texts = List.of(new SourceText("plan.yaml", text));
        List<Problem> problems = PlanFile.decode(texts, FOLDER).told();
        assertThat(problems).hasSize(10);
        assertThat(ProblemText.render(problems, texts)).isEqualTo(Shop.read(FOLDER.resolve("expected.txt")));
    }

    @Test
    void the_same_mistakes_in_json_are_the_same_problems() {
        String json = """
                {
                \t"bascule": 1,
                \t"name": "shop",
                \t"shape": "data-frist",
                \t"window": { "lasts": 6 },
                \t"people": {},
                \t"environments": {},
                \t"phases": {}
                }
                """;
        assertThat(Shop.problems(json))
                .extracting(Problem::code, Problem::line, Problem::column)
                .containsExactly(
                        tuple("BSC-1105", 4, 11),
                        tuple("BSC-1201", 5, 23),
                        tuple("BSC-1103", 7, 18),
                        tuple("BSC-1103", 7, 18));
    }
}
