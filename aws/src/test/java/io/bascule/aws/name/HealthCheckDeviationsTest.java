package io.bascule.aws.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Peers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.HealthCheck;
import software.amazon.awssdk.services.route53.model.HealthCheckConfig;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.Route53Exception;

/** Where the peers are known to differ from Route 53 in health checks, docs/aws.md: each fails once its peer is right. */
@Tag("server")
class HealthCheckDeviationsTest {
    private final String reference = Peers.fresh("reference");

    private HealthCheck create(Route53Client route53, int port) {
        HealthCheckConfig config = HealthCheckForm.of(Checks.with(Checks.means("x"), "port", "" + port))
                .config();
        return route53.createHealthCheck(
                        create -> create.callerReference(reference).healthCheckConfig(config))
                .healthCheck();
    }

    private static Route53Client ministack() {
        return Clients.at(Peers.ministack()).route53(Peers.REGION);
    }

    private static Route53Client moto() {
        return Clients.at(Peers.moto()).route53(Peers.REGION);
    }

    @Test
    void ministack_tells_no_status_of_a_health_check() {
        Route53Client route53 = ministack();
        String id = create(route53, 443).id();
        assertThatThrownBy(() -> route53.getHealthCheckStatus(get -> get.healthCheckId(id)))
                .isInstanceOfSatisfying(
                        Route53Exception.class, e -> assertThat(e.statusCode()).isEqualTo(400));
    }

    @Test
    void ministack_answers_the_same_reference_for_another_check_with_the_first() {
        Route53Client route53 = ministack();
        assertThat(create(route53, 443).id()).isEqualTo(create(route53, 80).id());
    }

    @Test
    void ministack_forgets_the_reference_of_a_deleted_health_check() {
        Route53Client route53 = ministack();
        String first = create(route53, 443).id();
        var _ = route53.deleteHealthCheck(delete -> delete.healthCheckId(first));
        assertThat(create(route53, 443).id()).isNotEqualTo(first);
    }

    @Test
    void ministack_takes_a_record_with_a_health_check_that_is_not_there() {
        TestZone zone = new TestZone();
        assertThatCode(() -> zone.create(zone.weighted(RRType.TXT, 60, "\"x\"", "target", 0).toBuilder()
                        .healthCheckId("00000000-0000-0000-0000-000000000000")
                        .build()))
                .doesNotThrowAnyException();
    }

    @Test
    void moto_makes_a_second_health_check_for_the_same_reference() {
        Route53Client route53 = moto();
        assertThat(create(route53, 443).id()).isNotEqualTo(create(route53, 443).id());
    }

    @Test
    void moto_says_success_of_a_health_check_of_an_address_where_nothing_answers() {
        Route53Client route53 = moto();
        String id = create(route53, 1).id();
        assertThat(route53.getHealthCheckStatus(get -> get.healthCheckId(id)).healthCheckObservations())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.statusReport().status()).startsWith("Success"));
    }
}
