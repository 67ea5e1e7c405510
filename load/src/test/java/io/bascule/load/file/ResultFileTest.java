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
    void parts_of_a_load_add_up_before_and_after_the_file() throws Exception {
        var parts = List.of(Outcomes.random(1), Outcomes.random(2), Outcomes.random(3));
        LoadOutcome sum = parts.get(0).add(parts.get(1)).add(parts.get(2));
        assertThat(parts.get(2).add(parts.get(1).add(parts.get(0)))).isEqualTo(sum);
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
        LoadOutcome outcome = Outcomes.random(9);
        Path file = folder.resolve("result.json");
        ResultFile.write(file, outcome);
        String good = Files.readString(file);
        for (String[] broken : new String[][] {
            {"", "not a result"},
            {"[]", "no object"},
            {"{\"type\":\"version\"}", "type"},
            {good.replace("\"schema\":1", "\"schema\":2"), "schema is 2"},
            {good.replaceFirst("\"response\":\"[^\"]+\"", "\"response\":\"aGVsbG8=\""), "not a histogram"},
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
