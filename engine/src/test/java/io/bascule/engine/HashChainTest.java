package io.bascule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HashChainTest {
    /** Computed by another program from the formula: journals of earlier releases must stay good. */
    @Test
    void a_link_is_what_the_formula_says() {
        JournalRow row = new JournalRow(
                2, Instant.ofEpochMilli(1_700_000_000_123L), 1, "SoakBegun", "shift/50", 7, "{\"a\":\"é\"}", "");
        assertThat(HashChain.link("ab".repeat(32), "run-1", row))
                .isEqualTo("f5023c06b6b248f046eb60275d61ac98e944c0e3530a469ec385498f44d61709");
    }

    @Test
    void moving_a_character_from_one_field_to_the_next_changes_the_link() {
        JournalRow one = new JournalRow(2, Instant.EPOCH, 1, "Soak", "Begun", 7, "{}", "");
        JournalRow two = new JournalRow(2, Instant.EPOCH, 1, "SoakB", "egun", 7, "{}", "");
        assertThat(HashChain.link("00".repeat(32), "r", one)).isNotEqualTo(HashChain.link("00".repeat(32), "r", two));
    }
}
