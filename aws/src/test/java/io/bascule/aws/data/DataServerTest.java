package io.bascule.aws.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Patience;
import io.bascule.aws.api.Peers;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import io.bascule.core.port.Verdict;
import io.bascule.testkit.ActuatorConformance;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.datasync.DataSyncClient;
import software.amazon.awssdk.services.rds.RdsClient;

/** Blue/green deployments, snapshots and transfers of files, as moto has them. */
@Tag("server")
class DataServerTest {
    private final Clients clients = Clients.at(Peers.moto());

    private static Deadline soon() {
        return Deadline.after(Instant.now(), Duration.ofSeconds(60));
    }

    /** A database of its own; answers its ARN. */
    static String database(RdsClient rds, String name) {
        return rds.createDBInstance(create -> create.dbInstanceIdentifier(name)
                        .engine("mysql")
                        .engineVersion("8.0.42")
                        .dbInstanceClass("db.t3.micro")
                        .allocatedStorage(20)
                        .masterUsername("admin")
                        .masterUserPassword("not-a-secret-here"))
                .dbInstance()
                .dbInstanceArn();
    }

    static String deployment(RdsClient rds, String name) {
        String source = database(rds, name);
        return rds.createBlueGreenDeployment(create ->
                        create.blueGreenDeploymentName(name).source(source).targetEngineVersion("8.4.5"))
                .blueGreenDeployment()
                .blueGreenDeploymentIdentifier();
    }

    /** A task of DataSync from a share to a bucket. */
    static String transfer(DataSyncClient files) {
        String source = files.createLocationSmb(create -> create.serverHostname("files.example.test")
                        .subdirectory("shop")
                        .user("carrier")
                        .password("not-a-secret-here")
                        .agentArns("arn:aws:datasync:eu-central-1:123456789012:agent/agent-0b0addbeef44baca3"))
                .locationArn();
        String target = files.createLocationS3(create -> create.s3BucketArn("arn:aws:s3:::" + Peers.fresh("shop"))
                        .s3Config(config -> config.bucketAccessRoleArn("arn:aws:iam::123456789012:role/carrier")))
                .locationArn();
        return files.createTask(create -> create.sourceLocationArn(source)
                        .destinationLocationArn(target)
                        .name(Peers.fresh("files")))
                .taskArn();
    }

    @Nested
    class Deployments extends ActuatorConformance {
        private final String name = Peers.fresh("shop");
        private final String id = deployment(clients.databases(Peers.REGION), name);

        @Override
        protected Actuator actuator() {
            return new BlueGreenSwitch(clients, Peers.calls(), Peers.REGION, id, Duration.ofMinutes(5));
        }

        @Override
        protected Image from() {
            return Image.of("switched", "no");
        }

        @Override
        protected Image to() {
            return Image.of("switched", "yes");
        }

        @Override
        protected boolean goesBack() {
            return false;
        }

        @Override
        protected boolean remembersTokens() {
            return false;
        }

        @Test
        void after_it_the_name_leads_to_the_other_database_and_nothing_brings_it_back() {
            Actuator actuator = actuator();
            Change there = new Change("run/a/forward/1", Instant.now().plusSeconds(60), from(), to());
            assertThat(actuator.apply(there, soon())).isInstanceOf(Outcome.Done.class);
            assertThat(actuator.observe(soon()))
                    .isInstanceOfSatisfying(
                            Reading.Seen.class,
                            seen -> assertThat(seen.image().context().get("source"))
                                    .endsWith(name + "-old1"));
            Change back = new Change("run/a/back/1", Instant.now().plusSeconds(60), to(), from());
            assertThat(actuator.apply(back, soon())).isInstanceOf(Outcome.Refused.class);
        }

        @Test
        void one_that_is_not_there_is_unseen() {
            assertThat(new BlueGreenSwitch(clients, Peers.calls(), Peers.REGION, "bgd-none", Duration.ofMinutes(5))
                            .observe(soon()))
                    .isInstanceOf(Reading.Unseen.class);
        }
    }

    private Finding snapshot(String of, Duration oldest, Optional<String> restoredAs) {
        return new SnapshotProbe(clients, Peers.calls(), Peers.REGION, new SnapshotRule(of, oldest), false, restoredAs)
                .probe(soon());
    }

    @Test
    void a_snapshot_that_was_just_taken_passes_and_one_too_old_or_of_another_does_not() {
        RdsClient rds = clients.databases(Peers.REGION);
        String name = Peers.fresh("shop");
        database(rds, name);
        var _ = rds.createDBSnapshot(create -> create.dbInstanceIdentifier(name).dbSnapshotIdentifier(name + "-a"));
        Finding young = snapshot(name, Duration.ofHours(1), Optional.empty());
        assertThat(young.verdict()).isInstanceOf(Verdict.Pass.class);
        assertThat(young.facts()).containsEntry("encrypted", "no").containsKey("ageSeconds");
        assertThat(snapshot(name, Duration.ZERO, Optional.empty()).verdict()).isInstanceOf(Verdict.Fail.class);
        assertThat(snapshot(name + "x", Duration.ofHours(1), Optional.empty()).verdict())
                .isNotInstanceOf(Verdict.Pass.class);
    }

    @Test
    void a_restored_database_is_seen_and_its_origin_is_not_told_here() {
        RdsClient rds = clients.databases(Peers.REGION);
        String name = Peers.fresh("shop");
        database(rds, name);
        var _ = rds.createDBSnapshot(create -> create.dbInstanceIdentifier(name).dbSnapshotIdentifier(name + "-a"));
        String copy = name + "-copy";
        assertThat(snapshot(name, Duration.ofHours(1), Optional.of(copy)).verdict())
                .isInstanceOf(Verdict.Fail.class);
        var _ = rds.restoreDBInstanceFromDBSnapshot(
                restore -> restore.dbInstanceIdentifier(copy).dbSnapshotIdentifier(name + "-a"));
        Finding found = snapshot(name, Duration.ofHours(1), Optional.of(copy));
        assertThat(found.verdict()).isInstanceOf(Verdict.NoData.class);
        assertThat(found.facts()).containsEntry("restoredStatus", "available");
    }

    @Test
    void a_cluster_has_snapshots_of_its_own() {
        RdsClient rds = clients.databases(Peers.REGION);
        String name = Peers.fresh("cluster");
        var _ = rds.createDBCluster(create -> create.dbClusterIdentifier(name)
                .engine("aurora-mysql")
                .masterUsername("admin")
                .masterUserPassword("not-a-secret-here"));
        var _ = rds.createDBClusterSnapshot(
                create -> create.dbClusterIdentifier(name).dbClusterSnapshotIdentifier(name + "-a"));
        Finding found = new SnapshotProbe(
                        clients,
                        Peers.calls(),
                        Peers.REGION,
                        new SnapshotRule(name, Duration.ofHours(1)),
                        true,
                        Optional.empty())
                .probe(soon());
        assertThat(found.verdict()).isInstanceOf(Verdict.Pass.class);
    }

    private Finding carry(String task, boolean verify) {
        return new FileCarrier(
                        clients,
                        Peers.calls(),
                        Peers.REGION,
                        task,
                        verify,
                        new Patience(Peers.calls().clock(), Duration.ofMillis(20)))
                .probe(soon());
    }

    @Test
    void files_are_carried_to_their_end_and_again_after_one_that_runs() {
        DataSyncClient files = clients.files(Peers.REGION);
        String task = transfer(files);
        Finding first = carry(task, false);
        assertThat(first.verdict()).isInstanceOf(Verdict.Pass.class);
        String earlier = files.startTaskExecution(start -> start.taskArn(task)).taskExecutionArn();
        Finding second = carry(task, false);
        assertThat(second.verdict()).isInstanceOf(Verdict.Pass.class);
        assertThat(second.facts().get("execution"))
                .isNotEqualTo(earlier)
                .isNotEqualTo(first.facts().get("execution"));
    }

    @Test
    void a_task_that_is_not_there_is_no_data() {
        assertThat(carry("arn:aws:datasync:eu-central-1:123456789012:task/task-none", false)
                        .verdict())
                .isInstanceOf(Verdict.NoData.class);
    }

    @Test
    void a_server_that_is_not_there_is_no_data_and_unseen() {
        Clients dead = Clients.at(java.net.URI.create("http://127.0.0.1:9"));
        assertThat(new SnapshotProbe(
                                dead,
                                Peers.calls(),
                                Peers.REGION,
                                new SnapshotRule("shop", Duration.ofHours(1)),
                                false,
                                Optional.empty())
                        .probe(soon())
                        .verdict())
                .isInstanceOf(Verdict.NoData.class);
        assertThat(new BlueGreenSwitch(dead, Peers.calls(), Peers.REGION, "bgd-none", Duration.ofMinutes(5))
                        .observe(soon()))
                .isInstanceOf(Reading.Unseen.class);
    }
}
