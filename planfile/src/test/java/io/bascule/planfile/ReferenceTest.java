package io.bascule.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page is made from the tables; a stale one is written anew, and the test fails once so that it is committed. */
class ReferenceTest {
    private static final Path PAGE = Path.of("..", "docs", "plan-reference.md");

    @Test
    void the_reference_page_is_current() throws IOException {
        String wanted = PlanReference.markdown();
        String there = Files.exists(PAGE) ? Files.readString(PAGE) : "";
        if (!there.equals(wanted)) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, wanted);
        }
        assertThat(there)
                .as("docs/plan-reference.md was stale and has been written anew")
                .isEqualTo(wanted);
    }
}
