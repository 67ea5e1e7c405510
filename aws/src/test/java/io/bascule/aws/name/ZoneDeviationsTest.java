package io.bascule.aws.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.bascule.aws.api.Peers;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Where the peers are known to differ from Route 53, docs/aws.md: each fails once its peer is right. */
@Tag("server")
class ZoneDeviationsTest {
    private final TestZone ministack = new TestZone();

    private void isAccepted(ResourceRecordSet set) {
        assertThatCode(() -> ministack.create(set)).doesNotThrowAnyException();
        assertThat(ministack.all()).contains(set);
    }

    @Test
    void ministack_takes_a_weighted_record_beside_a_simple_one() {
        isAccepted(ministack.weighted(RRType.A, 86_400, "10.0.0.2", "target", 0));
    }

    @Test
    void ministack_takes_two_times_to_live_in_a_weighted_set() {
        ministack.change(ChangeAction.DELETE, ministack.simple(RRType.A, 86_400, "10.0.0.1"));
        isAccepted(ministack.weighted(RRType.A, 60, "10.0.0.1", "source", 100));
        isAccepted(ministack.weighted(RRType.A, 300, "10.0.0.2", "target", 0));
    }

    @Test
    void ministack_takes_two_values_in_a_weighted_record() {
        ministack.change(ChangeAction.DELETE, ministack.simple(RRType.A, 86_400, "10.0.0.1"));
        isAccepted(ministack.weighted(RRType.A, 60, "10.0.0.1", "source", 100).toBuilder()
                .resourceRecords(
                        ResourceRecord.builder().value("10.0.0.1").build(),
                        ResourceRecord.builder().value("10.0.0.2").build())
                .build());
    }

    @Test
    void ministack_takes_a_weight_above_255() {
        ministack.change(ChangeAction.DELETE, ministack.simple(RRType.A, 86_400, "10.0.0.1"));
        isAccepted(ministack.weighted(RRType.A, 60, "10.0.0.1", "source", 256));
    }

    @Test
    void ministack_takes_a_cname_beside_an_address() {
        isAccepted(ministack.simple(RRType.CNAME, 300, "elsewhere.example.test"));
    }

    @Test
    void moto_deletes_a_weighted_record_whatever_its_weight() {
        TestZone moto = new TestZone(Peers.moto());
        moto.change(ChangeAction.DELETE, moto.simple(RRType.A, 86_400, "10.0.0.1"));
        moto.create(moto.weighted(RRType.A, 60, "10.0.0.1", "source", 100));
        moto.change(ChangeAction.DELETE, moto.weighted(RRType.A, 60, "10.0.0.1", "source", 7));
        assertThat(moto.all()).extracting(ResourceRecordSet::setIdentifier).doesNotContain("source");
    }

    @Test
    void moto_deletes_at_other_names_as_well() {
        TestZone moto = new TestZone(Peers.moto());
        moto.change(ChangeAction.DELETE, moto.simple(RRType.A, 86_400, "10.0.0.1"));
        ResourceRecordSet here = moto.weighted(RRType.A, 60, "10.0.0.1", "source", 100);
        ResourceRecordSet elsewhere =
                here.toBuilder().name("elsewhere." + moto.name).build();
        List.of(here, elsewhere).forEach(moto::create);
        moto.change(ChangeAction.DELETE, here);
        assertThat(moto.all()).extracting(ResourceRecordSet::name).doesNotContain(elsewhere.name());
    }
}
