package io.bascule.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "entrances.web.park",
                "entrances.web.sessions",
                "window.at-turnaround",
                "phases.freeze[0].freeze.at-most",
                "freeze.at-most",
                "at-most",
                "judgement.default.no-data.after",
                "phases.go.gate.requester-alone",
                "datasets.orders.moved.way-back",
                "writers.invoices.singleton.run-on",
                "tell.channels.log.file",
                "people.ana.roles",
                "configure",
                "shape",
                "BSC-1101",
                "bsc-1406",
                "9001"
            })
    void every_part_of_a_plan_is_explained(String what) {
        assertThat(Explain.of(what)).hasValueSatisfying(text -> assertThat(text).hasSizeGreaterThan(60));
    }

    @Test
    void every_key_of_every_table_is_explained_by_its_own_path() {
        assertThat(KeyDocs.places()).hasSizeGreaterThan(100).allSatisfy(place -> {
            String path = place.path().replaceAll("\\.?\\([^)]*\\)", "");
            assertThat(Explain.of(path))
                    .hasValueSatisfying(
                            text -> assertThat(text).contains(place.key().doc()));
            assertThat(place.key().doc()).endsWith(".");
        });
    }

    @Test
    void what_is_unknown_is_not_explained_but_guessed() {
        assertThat(Explain.of("entrances.web.parc")).isEmpty();
        assertThat(Explain.nearest("entrances.web.parc")).contains("park");
        assertThat(Explain.of("")).isEmpty();
        assertThat(Explain.of("...")).isEmpty();
    }
}
