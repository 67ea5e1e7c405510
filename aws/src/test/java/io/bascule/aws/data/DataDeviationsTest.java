package io.bascule.aws.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Peers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.DatabaseMigrationException;
import software.amazon.awssdk.services.datasync.DataSyncClient;
import software.amazon.awssdk.services.datasync.model.DescribeTaskExecutionResponse;
import software.amazon.awssdk.services.datasync.model.TaskExecutionStatus;
import software.amazon.awssdk.services.rds.RdsClient;

/** Where moto is known to differ from AWS in moving data, docs/aws.md: each fails once it is right. */
@Tag("server")
class DataDeviationsTest {
    private final Clients clients = Clients.at(Peers.moto());

    @Test
    void moto_tells_times_of_replications_that_the_sdk_cannot_read() {
        DatabaseMigrationClient dms = clients.replications(Peers.REGION);
        assertThatThrownBy(
                        () -> dms.createReplicationTask(create -> create.replicationTaskIdentifier(Peers.fresh("shop"))
                                .sourceEndpointArn("arn:aws:dms:eu-central-1:123456789012:endpoint:A")
                                .targetEndpointArn("arn:aws:dms:eu-central-1:123456789012:endpoint:B")
                                .replicationInstanceArn("arn:aws:dms:eu-central-1:123456789012:rep:C")
                                .migrationType("full-load-and-cdc")
                                .tableMappings("{}")))
                .isInstanceOf(SdkClientException.class)
                .hasMessageContaining("timestamp");
    }

    @Test
    void moto_has_no_table_statistics() {
        assertThatThrownBy(() -> clients.replications(Peers.REGION)
                        .describeTableStatistics(get -> get.replicationTaskArn(FakeMigrations.TASK)))
                .isInstanceOfSatisfying(
                        DatabaseMigrationException.class,
                        failed -> assertThat(failed.statusCode()).isEqualTo(500));
    }

    @Test
    void moto_switches_a_blue_green_deployment_at_once() {
        RdsClient rds = clients.databases(Peers.REGION);
        String id = DataServerTest.deployment(rds, Peers.fresh("shop"));
        var _ = rds.switchoverBlueGreenDeployment(start -> start.blueGreenDeploymentIdentifier(id));
        assertThat(rds.describeBlueGreenDeployments(get -> get.blueGreenDeploymentIdentifier(id))
                        .blueGreenDeployments()
                        .getFirst()
                        .status())
                .isEqualTo("SWITCHOVER_COMPLETED");
    }

    @Test
    void moto_tells_nothing_of_a_verification() {
        DataSyncClient files = clients.files(Peers.REGION);
        String task = DataServerTest.transfer(files);
        String execution =
                files.startTaskExecution(start -> start.taskArn(task)).taskExecutionArn();
        DescribeTaskExecutionResponse told;
        do {
            told = files.describeTaskExecution(get -> get.taskExecutionArn(execution));
        } while (Transfer.isUnderWay(told));
        assertThat(told.status()).isEqualTo(TaskExecutionStatus.SUCCESS);
        assertThat(told.options()).isNull();
        assertThat(told.result()).isNull();
    }
}
