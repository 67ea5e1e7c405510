package io.bascule.aws.name;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.Settings;
import io.bascule.core.port.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

class NameRecordsTest {
    private static final String NAME = "shop.example.com.";

    private static Sides sides(String... more) {
        List<String> all = new ArrayList<>(List.of("zone", "Z1", "record", "Shop.Example.com"));
        all.addAll(List.of(more));
        return Sides.of(Settings.of("route-53", all.toArray(String[]::new)));
    }

    private static final Sides ONE = sides("target.a", "10.0.0.2");

    private static ResourceRecordSet simple(RRType type, long ttl, String... values) {
        return ResourceRecordSet.builder()
                .name(NAME)
                .type(type)
                .ttl(ttl)
                .resourceRecords(List.of(values).stream()
                        .map(value -> ResourceRecord.builder().value(value).build())
                        .toList())
                .build();
    }

    private static ResourceRecordSet weighted(String id, long weight, long ttl, String value) {
        return simple(RRType.A, ttl, value).toBuilder()
                .setIdentifier(id)
                .weight(weight)
                .build();
    }

    private static ResourceRecordSet alias(String name) {
        return ResourceRecordSet.builder()
                .name(NAME)
                .type(RRType.A)
                .aliasTarget(alias -> alias.dnsName(name).hostedZoneId("Z9").evaluateTargetHealth(true))
                .build();
    }

    private static NameRecords records(Sides sides, ResourceRecordSet... sets) {
        return new NameRecords(sides, List.of(sets));
    }

    private static Image form(String ttl, String form) {
        return Image.of("ttl", ttl, "form", form);
    }

    private static Image split(int target) {
        return Image.of("source", "" + (10_000 - target), "target", "" + target);
    }

    private static NameRecords after(NameRecords.Plan plan, Sides sides) {
        assertThat(plan.no()).isEmpty();
        return new NameRecords(sides, plan.after());
    }

    @Test
    void a_simple_record_becomes_two_weighted_ones_at_unchanged_share() {
        NameRecords records = records(ONE, simple(RRType.A, 86_400, "10.0.0.1"));
        assertThat(records.preparation().owned())
                .isEqualTo(form("86400", "simple").owned());
        NameRecords after = after(records.prepared(form("60", "weighted")), ONE);
        assertThat(after.all())
                .containsExactly(weighted("source", 200, 60, "10.0.0.1"), weighted("target", 0, 60, "10.0.0.2"));
        assertThat(after.traffic().owned()).isEqualTo(split(0).owned());
    }

    @Test
    void and_back_it_is_the_very_record_that_it_was() {
        ResourceRecordSet was = simple(RRType.A, 86_400, "10.0.0.1");
        NameRecords there = after(records(ONE, was).prepared(form("60", "weighted")), ONE);
        assertThat(after(there.prepared(form("86400", "simple")), ONE).all()).containsExactly(was);
    }

    @Test
    void the_form_changes_only_while_nobody_is_on_the_target() {
        NameRecords half =
                records(ONE, weighted("source", 100, 60, "10.0.0.1"), weighted("target", 100, 60, "10.0.0.2"));
        assertThat(half.prepared(form("60", "simple")).no()).contains("100% source");
    }

    @Test
    void weights_move_only_between_weighted_records() {
        NameRecords simple = records(ONE, simple(RRType.A, 60, "10.0.0.1"));
        assertThat(simple.weights(split(1000)).no()).contains("prepare-dns");
    }

    @Test
    void at_a_hundred_percent_the_source_is_kept_at_weight_0_and_never_left_out() {
        NameRecords start =
                records(ONE, weighted("source", 200, 60, "10.0.0.1"), weighted("target", 0, 60, "10.0.0.2"));
        assertThat(after(start.weights(split(10_000)), ONE).all())
                .containsExactly(weighted("source", 0, 60, "10.0.0.1"), weighted("target", 200, 60, "10.0.0.2"));
    }

    @Test
    void every_share_that_can_be_said_is_read_back_as_it_was_asked_for() {
        NameRecords start =
                records(ONE, weighted("source", 200, 60, "10.0.0.1"), weighted("target", 0, 60, "10.0.0.2"));
        for (int points = 0; points <= 10_000; points++) {
            NameRecords.Plan plan = start.weights(split(points));
            assertThat(plan.no().isEmpty()).as(points + " basis points").isEqualTo(points % 50 == 0);
            if (plan.no().isEmpty()) {
                assertThat(new NameRecords(ONE, plan.after()).traffic().owned())
                        .isEqualTo(split(points).owned());
            }
        }
    }

    @Test
    void siblings_of_others_keep_their_weight_and_get_the_one_ttl() {
        NameRecords records =
                records(ONE, weighted("blue", 60, 300, "10.0.0.1"), weighted("canary", 40, 300, "10.0.0.7"));
        assertThat(records.fault()).hasValueSatisfying(why -> assertThat(why).contains("source: { identifier"));
        Sides named = sides("target.a", "10.0.0.2", "source.identifier", "blue");
        NameRecords said = new NameRecords(named, records.all());
        assertThat(said.fault()).isEmpty();
        NameRecords there = after(said.prepared(form("60", "weighted")), named);
        assertThat(there.all()).contains(weighted("canary", 40, 60, "10.0.0.7"));
        NameRecords moved = after(there.weights(split(5000)), named);
        assertThat(moved.all())
                .contains(
                        weighted("blue", 30, 60, "10.0.0.1"),
                        weighted("target", 30, 60, "10.0.0.2"),
                        weighted("canary", 40, 60, "10.0.0.7"));
        NameRecords home = after(moved.weights(split(0)), named);
        assertThat(after(home.prepared(form("300", "alone")), named).all())
                .containsExactlyInAnyOrderElementsOf(records.all());
    }

    @Test
    void a_share_that_the_weights_of_others_do_not_leave_room_for_is_refused() {
        NameRecords records =
                records(ONE, weighted("source", 3, 60, "10.0.0.1"), weighted("target", 0, 60, "10.0.0.2"));
        assertThat(records.weights(split(1000)).no()).contains("add up to 3");
    }

    @Test
    void a_family_that_the_plan_forgets_is_told() {
        NameRecords records = records(ONE, simple(RRType.A, 60, "10.0.0.1"), simple(RRType.AAAA, 60, "2001:db8::1"));
        assertThat(records.fault()).hasValueSatisfying(why -> assertThat(why).contains("AAAA"));
    }

    @Test
    void both_families_move_in_one_change() {
        Sides both = sides("target.a", "10.0.0.2", "target.aaaa", "2001:db8::2");
        NameRecords records = records(both, simple(RRType.A, 60, "10.0.0.1"), simple(RRType.AAAA, 60, "2001:db8::1"));
        NameRecords there = after(records.prepared(form("60", "weighted")), both);
        NameRecords moved = after(there.weights(split(2500)), both);
        assertThat(moved.all()).hasSize(4);
        assertThat(moved.all().stream().filter(set -> set.weight() == 50).map(set -> set.type()))
                .containsExactlyInAnyOrder(RRType.A, RRType.AAAA);
    }

    @Test
    void an_alias_at_the_apex_is_shifted_to_an_alias_and_comes_back_whole() {
        Sides sides = sides("target.alias", "new.elb.example.com", "target.alias-zone", "Z9");
        ResourceRecordSet was = alias("old.elb.example.com.");
        NameRecords records = records(sides, was);
        assertThat(records.preparation().owned()).isEqualTo(form("60", "simple").owned());
        NameRecords there = after(records.prepared(form("60", "weighted")), sides);
        assertThat(there.all()).allSatisfy(set -> assertThat(set.ttl()).isNull());
        assertThat(after(after(there.weights(split(10_000)), sides).weights(split(0)), sides)
                        .prepared(form("60", "simple")))
                .satisfies(plan -> assertThat(plan.after()).containsExactly(was));
        assertThat(records.prepared(form("5", "weighted")).no()).contains("alias");
    }

    @Test
    void several_values_are_told_before_the_cutover_and_not_in_it() {
        assertThat(records(ONE, simple(RRType.A, 60, "10.0.0.1", "10.0.0.8")).fault())
                .hasValueSatisfying(why -> assertThat(why).contains("several values"));
    }

    @Test
    void latency_records_are_not_ours_to_weigh() {
        ResourceRecordSet latency = simple(RRType.A, 60, "10.0.0.1").toBuilder()
                .setIdentifier("eu")
                .region("eu-central-1")
                .build();
        assertThat(records(ONE, latency).fault())
                .hasValueSatisfying(why -> assertThat(why).contains("something else than weight"));
        assertThat(records(ONE).fault()).isEqualTo(Optional.of("there is no A record of " + NAME));
    }

    @Test
    void a_health_check_on_the_sources_record_stays_on_it() {
        ResourceRecordSet checked = weighted("source", 10, 60, "10.0.0.1").toBuilder()
                .healthCheckId("hc-1")
                .build();
        NameRecords there = after(records(ONE, checked).prepared(form("60", "weighted")), ONE);
        assertThat(after(there.weights(split(5000)), ONE)
                        .source(RRType.A)
                        .orElseThrow()
                        .healthCheckId())
                .isEqualTo("hc-1");
    }

    private static final Sides CHECKED = sides("target.a", "10.0.0.2", "target.health-check", "shop-target");

    private static Image unchecked() {
        return Image.of("source", "10000", "target", "0", "alone", "unchecked");
    }

    @Test
    void the_target_gets_its_health_check_at_weight_0_keeps_it_and_lets_go_of_it_with_its_weight() {
        NameRecords start =
                records(CHECKED, weighted("source", 200, 60, "10.0.0.1"), weighted("target", 0, 60, "10.0.0.2"));
        assertThat(start.traffic().owned()).isEqualTo(unchecked().owned());
        assertThat(start.attaches(split(0))).isTrue();
        NameRecords attached = after(start.weights(split(0), Optional.of("hc-1")), CHECKED);
        assertThat(attached.traffic().owned()).isEqualTo(split(0).owned());
        assertThat(attached.attaches(split(5000))).isFalse();
        NameRecords moved = after(attached.weights(split(5000)), CHECKED);
        assertThat(moved.target(RRType.A).orElseThrow().healthCheckId()).isEqualTo("hc-1");
        assertThat(moved.source(RRType.A).orElseThrow().healthCheckId()).isNull();
        assertThat(after(moved.weights(unchecked()), CHECKED).all()).containsExactlyElementsOf(start.all());
    }

    @Test
    void without_its_health_check_the_target_gets_no_weight_and_with_weight_it_keeps_it() {
        NameRecords start =
                records(CHECKED, weighted("source", 200, 60, "10.0.0.1"), weighted("target", 0, 60, "10.0.0.2"));
        assertThat(start.weights(split(1000)).no()).contains("no health check");
        Image half = Image.of("source", "5000", "target", "5000", "alone", "unchecked");
        assertThat(after(start.weights(split(0), Optional.of("hc-1")), CHECKED)
                        .weights(half)
                        .no())
                .contains("100% source");
        assertThat(records(ONE, weighted("source", 200, 60, "10.0.0.1"), weighted("target", 0, 60, "10.0.0.2"))
                        .weights(unchecked())
                        .no())
                .contains("no health check");
    }

    @Test
    void a_health_check_that_only_one_family_carries_is_told() {
        Sides both = sides("target.a", "10.0.0.2", "target.aaaa", "2001:db8::2", "target.health-check", "shop-target");
        NameRecords start = records(both, simple(RRType.A, 60, "10.0.0.1"), simple(RRType.AAAA, 60, "2001:db8::1"));
        NameRecords there = after(start.prepared(form("60", "weighted")), both);
        List<ResourceRecordSet> half = there.all().stream()
                .map(set -> set.type() == RRType.A && "target".equals(set.setIdentifier())
                        ? set.toBuilder().healthCheckId("hc-1").build()
                        : set)
                .toList();
        assertThat(new NameRecords(both, half).fault())
                .hasValueSatisfying(why -> assertThat(why).contains("A weighted 0 with a health check"));
    }

    /** Whatever is asked for in whatever order, the rules hold and others' records stay. */
    @Test
    void no_sequence_of_wishes_breaks_a_rule_of_the_zone() {
        for (long seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            NameRecords now = records(ONE, simple(RRType.A, 86_400, "10.0.0.1"));
            for (int i = 0; i < 20; i++) {
                Image wish = random.nextBoolean()
                        ? split(random.nextInt(0, 201) * 50)
                        : form(
                                "" + random.nextInt(1, 300),
                                List.of("simple", "weighted").get(random.nextInt(2)));
                NameRecords.Plan plan = wish.owned().containsKey("ttl") ? now.prepared(wish) : now.weights(wish);
                if (plan.no().isEmpty()) {
                    now = new NameRecords(ONE, plan.after());
                }
                assertThat(ZoneRules.faults(now.all())).as("seed " + seed).isEmpty();
                assertThat(now.fault()).as("seed " + seed).isEmpty();
            }
        }
    }
}
