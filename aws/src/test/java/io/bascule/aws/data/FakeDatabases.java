package io.bascule.aws.data;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.BlueGreenDeployment;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.DescribeBlueGreenDeploymentsRequest;
import software.amazon.awssdk.services.rds.model.DescribeBlueGreenDeploymentsResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbSnapshotsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbSnapshotsResponse;
import software.amazon.awssdk.services.rds.model.SwitchoverBlueGreenDeploymentRequest;
import software.amazon.awssdk.services.rds.model.SwitchoverBlueGreenDeploymentResponse;
import software.amazon.awssdk.services.rds.model.SwitchoverDetail;

/** RDS with one blue/green deployment, some databases by their status, and snapshots in pages of two. */
final class FakeDatabases implements RdsClient {
    static final String DEPLOYMENT = "bgd-v53303651eexfake";
    private static final int PAGE = 2;

    String status = "AVAILABLE";
    String details = "";
    String member = "AVAILABLE";
    boolean loseSwitch;
    boolean unreadable;
    boolean pagesRepeat;
    final List<Integer> switchedWithin = new ArrayList<>();
    final List<DBSnapshot> snapshots = new ArrayList<>();
    final Map<String, String> databases = new TreeMap<>();

    void snapshot(String id, Instant taken, String status) {
        snapshots.add(DBSnapshot.builder()
                .dbSnapshotIdentifier(id)
                .dbInstanceIdentifier("shop")
                .originalSnapshotCreateTime(taken)
                .snapshotCreateTime(taken.plusSeconds(3600))
                .status(status)
                .encrypted(true)
                .build());
    }

    @Override
    public DescribeBlueGreenDeploymentsResponse describeBlueGreenDeployments(
            DescribeBlueGreenDeploymentsRequest request) {
        if (unreadable) {
            throw SdkClientException.create("reset");
        }
        return DescribeBlueGreenDeploymentsResponse.builder()
                .blueGreenDeployments(BlueGreenDeployment.builder()
                        .blueGreenDeploymentIdentifier(DEPLOYMENT)
                        .source("arn:aws:rds:eu-central-1:123456789012:db:shop")
                        .target("arn:aws:rds:eu-central-1:123456789012:db:shop-green-abcdef")
                        .status(status)
                        .statusDetails(details)
                        .switchoverDetails(SwitchoverDetail.builder()
                                .sourceMember("arn:aws:rds:eu-central-1:123456789012:db:shop")
                                .targetMember("arn:aws:rds:eu-central-1:123456789012:db:shop-green-abcdef")
                                .status(member)
                                .build())
                        .build())
                .build();
    }

    @Override
    public SwitchoverBlueGreenDeploymentResponse switchoverBlueGreenDeployment(
            SwitchoverBlueGreenDeploymentRequest request) {
        switchedWithin.add(request.switchoverTimeout());
        status = "SWITCHOVER_IN_PROGRESS";
        if (loseSwitch) {
            throw SdkClientException.create("the answer was lost");
        }
        return SwitchoverBlueGreenDeploymentResponse.builder().build();
    }

    @Override
    public DescribeDbSnapshotsResponse describeDBSnapshots(DescribeDbSnapshotsRequest request) {
        if (unreadable) {
            throw SdkClientException.create("reset");
        }
        int from = request.marker() == null ? 0 : Integer.parseInt(request.marker());
        int to = Math.min(snapshots.size(), from + PAGE);
        return DescribeDbSnapshotsResponse.builder()
                .dbSnapshots(snapshots.subList(from, to))
                .marker(pagesRepeat ? "0" : to < snapshots.size() ? "" + to : null)
                .build();
    }

    @Override
    public DescribeDbInstancesResponse describeDBInstances(DescribeDbInstancesRequest request) {
        String found = databases.get(request.dbInstanceIdentifier());
        if (found == null) {
            throw DbInstanceNotFoundException.builder()
                    .statusCode(404)
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode("DBInstanceNotFound")
                            .errorMessage("not found")
                            .build())
                    .build();
        }
        return DescribeDbInstancesResponse.builder()
                .dbInstances(DBInstance.builder().dbInstanceStatus(found).build())
                .build();
    }

    @Override
    public String serviceName() {
        return "rds";
    }

    @Override
    public void close() {}
}
