package io.bascule.load.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FindingTest {

    private final Finding finding =
            new Finding("GET /shops/*", "$.price", "value", 3, 40, "/shops/7", "1.20", "1.2", "five times out of five");

    @Test
    void says_where_and_how() {
        assertThat(finding.place()).isEqualTo("GET /shops/*: $.price (value)");
    }

    @Test
    void says_how_often() {
        assertThat(finding.words()).isEqualTo("GET /shops/*: $.price (value), 3 of 40 requests");
    }
}
