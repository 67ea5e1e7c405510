package io.bascule.aws.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsRequest;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsResponse;

/** Snapshots and what was restored from them, as RDS and CloudTrail tell it. */
class SnapshotProbeTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private final FakeDatabases rds = new FakeDatabases();
    private final FakeTrail trail = new FakeTrail();

    private static final class FakeTrail implements CloudTrailClient {
        Optional<String> restoredFrom = Optional.empty();
        boolean denied;

        @Override
        public LookupEventsResponse lookupEvents(LookupEventsRequest request) {
            if (denied) {
                throw SdkClientException.create("reset");
            }
            String id = request.lookupAttributes().getFirst().attributeValue();
            return LookupEventsResponse.builder()
                    .events(restoredFrom.stream()
                            .map(from -> Event.builder()
                                    .eventName("RestoreDBInstanceFromDBSnapshot")
                                    .cloudTrailEvent("{\"requestParameters\":{\"dBInstanceIdentifier\":\"" + id
                                            + "\",\"dBSnapshotIdentifier\":\"" + from + "\"}}")
                                    .build())
                            .toList())
                    .build();
        }

        @Override
        public String serviceName() {
            return "cloudtrail";
        }

        @Override
        public void close() {}
    }

    private Finding check(Optional<String> restoredAs) {
        return new SnapshotProbe(
                        Clients.of(rds, trail),
                        new Calls(InstantSource.fixed(NOW)),
                        "eu-central-1",
                        new SnapshotRule("shop", Duration.ofHours(24)),
                        false,
                        restoredAs)
                .probe(Deadline.after(NOW, Duration.ofSeconds(5)));
    }

    @Test
    void the_newest_may_stand_on_the_last_page() {
        for (int i = 0; i < 4; i++) {
            rds.snapshot("old-" + i, NOW.minus(Duration.ofHours(50 + i)), "available");
        }
        rds.snapshot("young", NOW.minus(Duration.ofHours(2)), "available");
        assertThat(check(Optional.empty()).facts())
                .containsEntry("snapshot", "young")
                .containsEntry("snapshots", "5");
    }

    @Test
    void a_copy_is_as_old_as_what_was_copied() {
        rds.snapshot("copy", NOW.minus(Duration.ofMinutes(24 * 60 + 30)), "available");
        assertThat(check(Optional.empty()).verdict()).isInstanceOf(Verdict.Fail.class);
    }

    @Test
    void what_cannot_be_read_or_repeats_is_no_data() {
        rds.snapshot("young", NOW.minus(Duration.ofHours(2)), "available");
        rds.pagesRepeat = true;
        assertThat(check(Optional.empty()).verdict()).isInstanceOf(Verdict.NoData.class);
        rds.pagesRepeat = false;
        rds.unreadable = true;
        assertThat(check(Optional.empty()).verdict()).isInstanceOf(Verdict.NoData.class);
    }

    @Test
    void a_restored_copy_passes_only_by_what_cloudtrail_says_of_its_origin() {
        rds.snapshot("young", NOW.minus(Duration.ofHours(2)), "available");
        assertThat(check(Optional.of("shop-test")).verdict())
                .isInstanceOfSatisfying(
                        Verdict.Fail.class, fail -> assertThat(fail.reason()).contains("nothing was restored"));
        rds.databases.put("shop-test", "available");
        assertThat(check(Optional.of("shop-test")).verdict()).isInstanceOf(Verdict.NoData.class);
        trail.restoredFrom = Optional.of("young");
        assertThat(check(Optional.of("shop-test")).verdict())
                .isEqualTo(new Verdict.Pass("shop-test is available and was restored from young"));
        trail.denied = true;
        assertThat(check(Optional.of("shop-test")).verdict()).isInstanceOf(Verdict.NoData.class);
    }
}
