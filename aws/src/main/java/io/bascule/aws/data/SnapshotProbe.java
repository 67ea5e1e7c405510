package io.bascule.aws.data;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Pages;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Probe;
import io.bascule.core.port.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttribute;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.DBSnapshot;

/**
 * {@code check: { snapshot: … }}: the newest snapshot of a database or cluster, and where one is named what was restored
 * from it. Restores nothing by itself: that takes long and makes a database that costs. Safe for threads.
 */
final class SnapshotProbe implements Probe {
    private final Clients clients;
    private final Calls calls;
    private final String region;
    private final SnapshotRule rule;
    private final boolean cluster;
    private final Optional<String> restoredAs;

    SnapshotProbe(
            Clients clients,
            Calls calls,
            String region,
            SnapshotRule rule,
            boolean cluster,
            Optional<String> restoredAs) {
        this.clients = clients;
        this.calls = calls;
        this.region = region;
        this.rule = rule;
        this.cluster = cluster;
        this.restoredAs = restoredAs;
    }

    @Override
    public Finding probe(Deadline deadline) {
        Instant now = calls.clock().instant();
        Call<Finding> call = snapshots(deadline).then(snapshots -> {
            Finding found = rule.judge(snapshots, now);
            return restoredAs.isEmpty() || !found.verdict().passed()
                    ? new Call.Answered<>(found)
                    : restored(restoredAs.get(), deadline).map(restored -> rule.judge(snapshots, restored, now));
        });
        return call instanceof Call.Answered<Finding>(Finding finding)
                ? finding
                : Finding.of(new Verdict.NoData("it could not be read: " + call.why()));
    }

    /** One that is being made has no time yet, and is none. */
    private Call<List<Snapshot>> snapshots(Deadline deadline) {
        Call<List<Optional<Snapshot>>> all = cluster ? ofClusters(deadline) : ofInstances(deadline);
        return all.map(told -> told.stream().flatMap(Optional::stream).toList());
    }

    private Call<List<Optional<Snapshot>>> ofInstances(Deadline deadline) {
        return Pages.all(
                from -> calls.send(
                        deadline,
                        within -> clients.databases(region)
                                .describeDBSnapshots(get -> get.dbInstanceIdentifier(rule.of())
                                        .marker(from.orElse(null))
                                        .overrideConfiguration(within))),
                answer -> answer.dbSnapshots().stream()
                        .map(SnapshotProbe::ofInstance)
                        .toList(),
                answer -> answer.marker());
    }

    private Call<List<Optional<Snapshot>>> ofClusters(Deadline deadline) {
        return Pages.all(
                from -> calls.send(
                        deadline,
                        within -> clients.databases(region)
                                .describeDBClusterSnapshots(get -> get.dbClusterIdentifier(rule.of())
                                        .marker(from.orElse(null))
                                        .overrideConfiguration(within))),
                answer -> answer.dbClusterSnapshots().stream()
                        .map(SnapshotProbe::ofCluster)
                        .toList(),
                answer -> answer.marker());
    }

    private static Optional<Snapshot> ofInstance(DBSnapshot told) {
        Instant taken = told.originalSnapshotCreateTime() == null
                ? told.snapshotCreateTime()
                : told.originalSnapshotCreateTime();
        return snapshot(told.dbSnapshotIdentifier(), taken, told.status(), Boolean.TRUE.equals(told.encrypted()));
    }

    private static Optional<Snapshot> ofCluster(DBClusterSnapshot told) {
        return snapshot(
                told.dbClusterSnapshotIdentifier(),
                told.snapshotCreateTime(),
                told.status(),
                Boolean.TRUE.equals(told.storageEncrypted()));
    }

    private static Optional<Snapshot> snapshot(
            @Nullable String id, @Nullable Instant taken, @Nullable String status, boolean encrypted) {
        return id == null || taken == null
                ? Optional.empty()
                : Optional.of(new Snapshot(id, taken, status == null ? "" : status, encrypted));
    }

    private Call<SnapshotRule.Restored> restored(String id, Deadline deadline) {
        return status(id, deadline)
                .then(status -> madeOf(id, deadline).map(from -> new SnapshotRule.Restored(id, status, from)));
    }

    private Call<String> status(String id, Deadline deadline) {
        Call<String> call = cluster
                ? calls.send(
                                deadline,
                                within -> clients.databases(region)
                                        .describeDBClusters(get ->
                                                get.dbClusterIdentifier(id).overrideConfiguration(within)))
                        .map(answer -> answer.dbClusters().stream()
                                .map(each -> each.status())
                                .filter(Objects::nonNull)
                                .findFirst()
                                .orElse(""))
                : calls.send(
                                deadline,
                                within -> clients.databases(region)
                                        .describeDBInstances(get ->
                                                get.dbInstanceIdentifier(id).overrideConfiguration(within)))
                        .map(answer -> answer.dbInstances().stream()
                                .map(each -> each.dbInstanceStatus())
                                .filter(Objects::nonNull)
                                .findFirst()
                                .orElse(""));
        boolean absent = call instanceof Call.Rejected<String> no && no.code().contains("NotFound");
        return absent ? new Call.Answered<>("") : call;
    }

    /** RDS does not tell it; the account's trail of the last 90 days does. One that cannot be read is none. */
    private Call<Optional<String>> madeOf(String id, Deadline deadline) {
        Call<Optional<String>> call = calls.send(
                        deadline,
                        within -> clients.trail(region)
                                .lookupEvents(look -> look.lookupAttributes(LookupAttribute.builder()
                                                .attributeKey(LookupAttributeKey.RESOURCE_NAME)
                                                .attributeValue(id)
                                                .build())
                                        .overrideConfiguration(within)))
                .map(answer -> new Restoring(cluster).of(id, answer.events()));
        return call instanceof Call.Answered<Optional<String>> ? call : new Call.Answered<>(Optional.empty());
    }
}
