package io.bascule.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.port.Image;
import io.bascule.core.sim.SimZone.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of the name service that emulators leave out. */
class SimZoneTest {
    private static final Entry SIMPLE = new Entry("shop", "", 60, 0, List.of("1.1.1.1"));

    private final SimZone zone = new SimZone();

    private static Entry weighted(String id, int weight, int ttl) {
        return new Entry("shop", id, ttl, weight, List.of("1.1.1.1"));
    }

    private void given(Entry... entries) {
        assertThat(zone.replace(List.of(), List.of(entries))).isEmpty();
    }

    @Test
    void a_delete_must_name_exactly_what_is_there() {
        given(weighted("a", 100, 60));

        assertThat(zone.change(List.of(new SimZone.Edit(false, weighted("a", 0, 60)))))
                .hasValueSatisfying(why -> assertThat(why).contains("do not match"));
    }

    @Test
    void simple_and_weighted_records_do_not_live_together() {
        given(SIMPLE);

        assertThat(zone.replace(List.of(), List.of(weighted("a", 100, 60))))
                .hasValueSatisfying(why -> assertThat(why).contains("non-weighted set exists"));
    }

    @Test
    void one_batch_converts_simple_to_weighted_and_back() {
        List<Entry> both = List.of(weighted("a", 180, 60), weighted("b", 20, 60));
        given(SIMPLE);

        assertThat(zone.replace(List.of(SIMPLE), both)).isEmpty();
        assertThat(zone.read("shop")).containsExactlyElementsOf(both);
        assertThat(zone.replace(both, List.of(SIMPLE))).isEmpty();
        assertThat(zone.read("shop")).containsExactly(SIMPLE);
    }

    @Test
    void a_batch_that_fails_changes_nothing() {
        given(SIMPLE);

        assertThat(zone.replace(List.of(SIMPLE), List.of(weighted("a", 300, 60))))
                .isPresent();
        assertThat(zone.read("shop")).containsExactly(SIMPLE);
    }

    @Test
    void weighted_records_of_a_name_have_one_ttl_and_one_value_each() {
        given(weighted("a", 100, 60));

        assertThat(zone.replace(List.of(), List.of(weighted("b", 100, 30)))).isPresent();
        Entry two = new Entry("shop", "b", 60, 1, List.of("1.1.1.1", "2.2.2.2"));
        assertThat(zone.replace(List.of(), List.of(two))).isPresent();
    }

    @Test
    void a_stale_batch_is_refused() {
        given(SIMPLE);
        List<Entry> seen = zone.read("shop");
        assertThat(zone.replace(seen, List.of(weighted("a", 200, 60)))).isEmpty();

        assertThat(zone.replace(seen, List.of(weighted("b", 200, 60)))).isPresent();
    }

    @Test
    void resolvers_follow_weights_as_slowly_as_the_ttl_says() {
        SimName name = new SimName(zone, "shop");
        assertThat(name.set(Image.of("source", "5000", "target", "5000"))).isEmpty();

        name.moved(0.5, 1_000);

        assertThat(name.share(1_000)).isEqualTo(0);
        assertThat(name.share(3_500)).isEqualTo(0.25);
        assertThat(name.share(6_000)).isEqualTo(0.5);
    }
}
