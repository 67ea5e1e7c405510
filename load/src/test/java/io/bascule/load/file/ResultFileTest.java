package io.bascule.load.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.load.LoadOutcome;
import io.bascule.load.Outcomes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFileTest {

    @TempDir
    Path folder;

    @Test
    void what_is_read_equals_what_was_written() throws Exception {
        LoadOutcome outcome = Outcomes.random(7);
        Path file = folder.resolve("result.json");
        ResultFile.write(file, outcome);
        assertThat(ResultFile.read(file)).isEqualTo(outcome);
    }

    @Test
    void what_the_targets_used_is_kept_and_results_from_before_there_was_any_are_read() throws Exception {
        LoadOutcome plain = Outcomes.random(11);
        Path file = folder.resolve("result.json");
        ResultFile.write(file, plain);
        assertThat(Files.readString(file)).as("as it was before").doesNotContain("resources");
        LoadOutcome used = Outcomes.using(plain, 12);
        ResultFile.write(file, used);
        assertThat(ResultFile.read(file)).isEqualTo(used);
        assertThat(used.targets().getFirst().resources()).containsOnlyKeys("cpu", "memory");
        assertThat(folder).as("nothing beside it").isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void a_link_stays_one_when_the_result_is_written_again() throws Exception {
        Path file = Files.createFile(folder.resolve("real.json"));
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), file);
        ResultFile.write(link, Outcomes.random(13));
        assertThat(link).isSymbolicLink();
        assertThat(ResultFile.read(file)).isEqualTo(Outcomes.random(13));
    }

    @Test
    void parts_of_a_load_add_up_before_and_after_the_file() throws Exception {
        var parts = List.of(
                Outcomes.using(Outcomes.random(1), 4),
                Outcomes.using(Outcomes.random(2), 5),
                Outcomes.random(3),
                Outcomes.using(Outcomes.random(3), 6));
        LoadOutcome sum = parts.get(0).add(parts.get(1)).add(parts.get(2)).add(parts.get(3));
        assertThat(parts.get(3).add(parts.get(2).add(parts.get(1).add(parts.get(0)))))
                .isEqualTo(sum);
        assertThat(parts.get(1).add(parts.get(0)).add(parts.get(3).add(parts.get(2))))
                .isEqualTo(sum);
        Path file = folder.resolve("result.json");
        ResultFile.write(file, sum);
        LoadOutcome read = ResultFile.read(file);
        assertThat(read).isEqualTo(sum);
        assertThat(read.targets().getFirst().total().response().percentiles())
                .isEqualTo(sum.targets().getFirst().total().response().percentiles());
        assertThat(read.targets().getFirst().total().requests())
                .isEqualTo(parts.stream()
                        .mapToLong(part -> part.targets().getFirst().total().requests())
                        .sum());
    }

    @Test
    void something_else_is_refused_with_the_reason() throws Exception {
        LoadOutcome outcome = Outcomes.using(Outcomes.random(9), 10);
        Path file = folder.resolve("result.json");
        ResultFile.write(file, outcome);
        String good = Files.readString(file);
        for (String[] broken : new String[][] {
            {"", "not a result"},
            {"[]", "no object"},
            {"{\"type\":\"version\"}", "type"},
            {good.replace("\"schema\":1", "\"schema\":2"), "schema is 2"},
            {good.replaceFirst("\"response\":\"[^\"]+\"", "\"response\":\"aGVsbG8=\""), "not a histogram"},
            {
                good.replaceFirst("\"scale\":\"[a-z]+\"", "\"scale\":\"cores\""),
                "'scale' is not one of [percent, fraction, unsaid]"
            },
            {good.replaceFirst("\"value\":[0-9.]+", "\"value\":null"), "'value' is not a number"},
            {good.replaceFirst("\"failed\":\\d+", "\"failed\":-1"), "'failed' is not a whole number"},
            {good.substring(0, good.length() / 2), "not a result"}
        }) {
            Files.writeString(file, broken[0]);
            assertThatThrownBy(() -> ResultFile.read(file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining(broken[1]);
        }
    }
}
