package io.bascule.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.core.run.Entry;
import io.bascule.core.run.RunEvent;
import io.bascule.core.sim.Faults;
import io.bascule.core.sim.SimPlans;
import io.bascule.core.sim.Simulation;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void equal_values_have_equal_canonical_text() {
        assertThat(Json.canonical(Json.object("b", 1L, "a", "x")))
                .isEqualTo(Json.canonical(Json.object("a", "x", "b", 1L)))
                .isEqualTo("{\"a\":\"x\",\"b\":1}");
    }

    @Test
    void text_with_quotes_and_control_characters_comes_back_as_it_was() {
        String text = "a \"quoted\" \\ line\nand \u0001 and ä";

        assertThat(Json.parse(Json.canonical(text))).isEqualTo(text);
    }

    @Test
    void a_key_that_occurs_twice_is_refused() {
        assertThatThrownBy(() -> Json.parse("{\"a\":1,\"a\":2}")).isInstanceOf(JsonException.class);
    }

    @Test
    void what_is_not_one_value_is_refused() {
        for (String text : new String[] {"", "{", "[1,]", "{\"a\"}", "1 2", "nul", "\"open"}) {
            assertThatThrownBy(() -> Json.parse(text)).as(text).isInstanceOf(JsonException.class);
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void every_event_of_a_run_survives_being_written_and_read() {
        var entries = Simulation.of(SimPlans.severalOfEverything(), 4)
                .faults(Faults.drawn())
                .run()
                .entries();

        assertThat(entries).hasSizeGreaterThan(50);
        for (Entry entry : entries) {
            String text = Json.canonical(RecordJson.toMap((Record) (Object) entry.event()));
            var map = (Map<String, @Nullable Object>) Objects.requireNonNull(Json.parse(text));
            RunEvent read = RecordJson.fromMap(RunEvent.class, map);

            assertThat(read).as(text).isEqualTo(entry.event());
            assertThat(Json.canonical(RecordJson.toMap((Record) (Object) read))).isEqualTo(text);
        }
    }
}
