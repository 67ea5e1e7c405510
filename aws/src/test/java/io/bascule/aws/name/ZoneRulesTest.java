package io.bascule.aws.name;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Rules that AWS documents and that no peer enforces: ours to hold, confirmed by nobody here. */
class ZoneRulesTest {
    private static ResourceRecordSet set(Consumer<ResourceRecordSet.Builder> edit) {
        return ResourceRecordSet.builder()
                .name("shop.example.com.")
                .type(RRType.A)
                .ttl(60L)
                .resourceRecords(ResourceRecord.builder().value("10.0.0.1").build())
                .applyMutation(edit)
                .build();
    }

    private static ResourceRecordSet weighted(String id, long weight) {
        return set(b -> b.setIdentifier(id).weight(weight));
    }

    private static void assertFault(String fault, ResourceRecordSet... sets) {
        assertThat(ZoneRules.faults(List.of(sets)))
                .anySatisfy(each -> assertThat(each).contains(fault));
    }

    @Test
    void a_simple_and_a_weighted_record_do_not_stand_side_by_side() {
        assertFault("a simple and a weighted", set(_ -> {}), weighted("target", 10));
    }

    @Test
    void there_is_one_simple_record() {
        assertFault(
                "one simple",
                set(_ -> {}),
                set(b -> b.resourceRecords(
                        ResourceRecord.builder().value("10.0.0.9").build())));
    }

    @Test
    void a_weight_is_0_to_255() {
        assertFault("0 to 255", weighted("a", 256));
        assertFault("0 to 255", weighted("a", -1));
        assertThat(ZoneRules.faults(List.of(weighted("a", 255), weighted("b", 0))))
                .isEmpty();
    }

    @Test
    void weight_and_identifier_come_together() {
        assertFault("or neither", set(b -> b.weight(1L)));
        assertFault("or neither", set(b -> b.setIdentifier("a")));
    }

    @Test
    void weighted_records_have_one_ttl() {
        assertFault(
                "one TTL",
                weighted("a", 1),
                weighted("b", 1).toBuilder().ttl(300L).build());
    }

    @Test
    void a_weighted_record_has_one_value() {
        assertFault(
                "one value",
                weighted("a", 1).toBuilder()
                        .resourceRecords(
                                ResourceRecord.builder().value("10.0.0.1").build(),
                                ResourceRecord.builder().value("10.0.0.2").build())
                        .build());
    }

    @Test
    void all_zero_is_no_split() {
        assertFault("every weight 0", weighted("a", 0), weighted("b", 0));
    }

    @Test
    void a_cname_stands_alone() {
        assertFault("CNAME", set(_ -> {}), set(b -> b.type(RRType.CNAME)));
    }

    @Test
    void an_identifier_is_used_once() {
        assertFault("twice", weighted("a", 1), weighted("a", 2));
    }

    @Test
    void names_are_compared_as_route_53_writes_them() {
        assertThat(Names.canonical("*.Shop.example.com")).isEqualTo("\\052.shop.example.com.");
        assertThat(Names.canonical("\\052.shop.example.com.")).isEqualTo("\\052.shop.example.com.");
    }
}
