package io.bascule.load.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final String ENDPOINT = "GET /orders/*";

    private static Answer read(int at) {
        String body = "{\"readAt\": " + at + "}";
        return new Answer(200, "", List.of("content-type", "application/json"), body, body.length());
    }

    /** A time that the source tells twice alike nearly always, for it is quick, is no finding where nobody answers. */
    @Test
    void of_a_target_that_does_not_answer_that_is_all_there_is_to_tell() {
        var comparison = new Comparison();
        for (int i = 0; i < 25; i++) {
            comparison.count(ENDPOINT, read(i), read(i == 7 ? i + 1 : i));
            comparison.compare(i, ENDPOINT, read(i), new Answer(0, "CONNECT_REFUSED", List.of(), "", 0));
        }
        assertThat(comparison.noise()).isNotEmpty();
        assertThat(comparison.suspicions().keySet()).extracting(Place::where).containsOnly("status");
    }
}
