package io.bascule.aws.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudtrail.model.Event;

/** What a database was made of, by the entries of CloudTrail, newest first. */
class RestoringTest {
    private static Event event(String name, String record) {
        return Event.builder().eventName(name).cloudTrailEvent(record).build();
    }

    private static Event restored(String id, String snapshot) {
        return event(
                "RestoreDBInstanceFromDBSnapshot",
                "{\"requestParameters\":{\"dBInstanceIdentifier\":\"" + id + "\",\"dBSnapshotIdentifier\":\"" + snapshot
                        + "\"}}");
    }

    private static String of(Event... events) {
        return new Restoring(false).of("shop-test", List.of(events)).orElse("");
    }

    @Test
    void the_snapshot_by_its_name_or_its_arn() {
        assertThat(of(restored("shop-test", "monday"))).isEqualTo("monday");
        assertThat(of(restored("Shop-Test", "Monday"))).isEqualTo("monday");
        assertThat(of(restored("shop-test", "rds:shop-2026-11-21-03-00"))).isEqualTo("rds:shop-2026-11-21-03-00");
        assertThat(of(restored(
                        "shop-test", "arn:aws:rds:eu-central-1:123456789012:snapshot:rds:shop-2026-11-21-03-00")))
                .isEqualTo("rds:shop-2026-11-21-03-00");
    }

    @Test
    void the_newest_making_counts_and_others_are_passed_by() {
        assertThat(of(
                        event("ModifyDBInstance", "{}"),
                        restored("another", "sunday"),
                        restored("shop-test", "monday"),
                        restored("shop-test", "friday")))
                .isEqualTo("monday");
    }

    @Test
    void one_that_was_made_anew_since_is_of_no_snapshot() {
        Event created = event("CreateDBInstance", "{\"requestParameters\":{\"dBInstanceIdentifier\":\"shop-test\"}}");
        assertThat(of(created, restored("shop-test", "monday"))).isEmpty();
    }

    @Test
    void what_aws_refused_or_what_cannot_be_read_tells_nothing() {
        assertThat(of(event("RestoreDBInstanceFromDBSnapshot", "no json"))).isEmpty();
        assertThat(of(event(
                        "RestoreDBInstanceFromDBSnapshot",
                        "{\"errorCode\":\"DBInstanceAlreadyExists\",\"requestParameters\":"
                                + "{\"dBInstanceIdentifier\":\"shop-test\",\"dBSnapshotIdentifier\":\"monday\"}}")))
                .isEmpty();
        assertThat(of(event("RestoreDBInstanceFromDBSnapshot", "{\"requestParameters\":null}")))
                .isEmpty();
    }

    @Test
    void of_a_cluster_by_its_own_names() {
        Event cluster = event(
                "RestoreDBClusterFromSnapshot",
                "{\"requestParameters\":{\"dBClusterIdentifier\":\"shop-test\",\"snapshotIdentifier\":"
                        + "\"arn:aws:rds:eu-central-1:123456789012:cluster-snapshot:monday\"}}");
        assertThat(new Restoring(true).of("shop-test", List.of(cluster))).contains("monday");
        assertThat(new Restoring(false).of("shop-test", List.of(cluster))).isEmpty();
    }
}
