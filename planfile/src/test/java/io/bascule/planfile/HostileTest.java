package io.bascule.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileTest {
    private static final int LARGE = 900_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[", "{a: ", "- ", "? ", "a: ", "!", "&a ", "*a ", "'", "\"", "|\n", "k: v\n", "\t", "{", "x", "%",
                "\uFEFF", "[a,", "# c\n", "é"
            })
    void a_large_file_of_one_thing_is_told_and_not_hung_on(String thing) {
        assertThat(Shop.problems(thing.repeat(LARGE / thing.length()))).isNotEmpty();
    }

    @Test
    void an_alias_bomb_does_not_go_off() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 40; i++) {
            String before = "*a" + (i - 1);
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(String.join(", ", java.util.Collections.nCopies(9, before)))
                    .append("]\n");
        }
        assertThat(Shop.problems(bomb.toString())).extracting(Problem::code).contains("BSC-1005");
    }

    @Test
    void long_words_keys_and_values_are_cut_in_messages() {
        String word = "w".repeat(100_000);
        assertThat(Shop.problems("bascule: 1\n? " + word + "\n: 1\nname: '" + word + "'\n"))
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.message()).hasSizeLessThan(400));
    }

    @Test
    void a_file_that_is_too_large_or_no_text_is_a_problem(@TempDir Path folder) throws IOException {
        Path large = Files.writeString(folder.resolve("large.yaml"), "# comment\n".repeat(200_000));
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertThat(PlanFile.read(large, List.of()).told())
                .extracting(Problem::code)
                .containsExactly("BSC-1002");
        assertThat(PlanFile.read(binary, List.of()).told())
                .extracting(Problem::code)
                .containsExactly("BSC-1001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# only a comment\n", "---\n", "...\n", "null", "[]", "5", "text"})
    void a_file_without_a_plan_is_a_problem(String text) {
        assertThat(Shop.problems(text)).isNotEmpty();
    }
}
