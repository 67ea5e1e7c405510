package io.bascule.aws.data;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.MetricQuery;
import io.bascule.aws.api.Pages;
import io.bascule.aws.data.Replication.Point;
import io.bascule.aws.data.Replication.State;
import io.bascule.aws.data.Replication.Table;
import io.bascule.core.port.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;
import software.amazon.awssdk.services.databasemigration.model.DescribeTableStatisticsResponse;
import software.amazon.awssdk.services.databasemigration.model.Filter;
import software.amazon.awssdk.services.databasemigration.model.ReplicationInstance;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTaskStats;
import software.amazon.awssdk.services.databasemigration.model.TableStatistics;

/** Reads one replication task: its status, its tables, and what CloudWatch counts of it. Safe for threads. */
final class ReplicationReader {
    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final Duration BACK = Duration.ofMinutes(10);
    private static final int PAGE = 500;

    private final Clients clients;
    private final Calls calls;
    private final String region;
    private final String task;

    /** @param task the task's ARN */
    ReplicationReader(Clients clients, Calls calls, String region, String task) {
        this.clients = clients;
        this.calls = calls;
        this.region = region;
        this.task = task;
    }

    Instant now() {
        return calls.clock().instant();
    }

    Call<ReplicationTask> task(Deadline deadline) {
        Call<List<ReplicationTask>> all = calls.send(
                        deadline,
                        within -> clients.replications(region)
                                .describeReplicationTasks(get -> get.filters(filter("replication-task-arn", task))
                                        .withoutSettings(true)
                                        .overrideConfiguration(within)))
                .map(answer -> answer.replicationTasks().stream()
                        .filter(each -> task.equals(each.replicationTaskArn()))
                        .toList());
        return Call.first(all, "there is no replication task " + task);
    }

    private static Filter filter(String name, String value) {
        return Filter.builder().name(name).values(value).build();
    }

    /** All of it, of the task as it was just read. */
    Call<Replication> whole(ReplicationTask found, Deadline deadline) {
        State state = state(found);
        Instant at = state.status().equals("stopped") ? state.stopped().orElseGet(this::now) : now();
        return tables(deadline)
                .then(tables -> instance(found, deadline)
                        .then(instance -> figures(instance, at, deadline)
                                .map(figures -> new Replication(at, state, load(found), figures, tables))));
    }

    static State state(ReplicationTask found) {
        return new State(
                text(found.status()),
                text(found.stopReason()),
                text(found.lastFailureMessage()),
                text(found.migrationTypeAsString()),
                text(found.recoveryCheckpoint()),
                Optional.ofNullable(found.replicationTaskStats()).map(ReplicationTaskStats::stopDate));
    }

    private static Replication.Load load(ReplicationTask found) {
        Optional<ReplicationTaskStats> stats = Optional.ofNullable(found.replicationTaskStats());
        return new Replication.Load(
                number(stats.map(ReplicationTaskStats::fullLoadProgressPercent)),
                number(stats.map(ReplicationTaskStats::tablesLoaded)),
                number(stats.map(ReplicationTaskStats::tablesLoading)),
                number(stats.map(ReplicationTaskStats::tablesQueued)),
                number(stats.map(ReplicationTaskStats::tablesErrored)));
    }

    private static OptionalLong number(Optional<? extends Number> value) {
        return value.isPresent() ? OptionalLong.of(value.get().longValue()) : OptionalLong.empty();
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private Call<List<Table>> tables(Deadline deadline) {
        return Pages.all(
                from -> calls.send(
                        deadline,
                        within -> clients.replications(region)
                                .describeTableStatistics(get -> get.replicationTaskArn(task)
                                        .maxRecords(PAGE)
                                        .marker(from.orElse(null))
                                        .overrideConfiguration(within))),
                answer -> answer.tableStatistics().stream()
                        .map(ReplicationReader::table)
                        .toList(),
                DescribeTableStatisticsResponse::marker);
    }

    private static Table table(TableStatistics told) {
        return new Table(
                text(told.schemaName()) + "." + text(told.tableName()),
                text(told.tableState()),
                text(told.validationState()),
                number(Optional.ofNullable(told.validationPendingRecords())),
                number(Optional.ofNullable(told.validationFailedRecords())),
                number(Optional.ofNullable(told.validationSuspendedRecords())));
    }

    /** The instance by the name that CloudWatch knows it by; a task's ARN does not have it. */
    private Call<String> instance(ReplicationTask found, Deadline deadline) {
        String arn = text(found.replicationInstanceArn());
        Call<List<String>> all = calls.send(
                        deadline,
                        within -> clients.replications(region)
                                .describeReplicationInstances(
                                        get -> get.filters(filter("replication-instance-arn", arn))
                                                .overrideConfiguration(within)))
                .map(answer -> answer.replicationInstances().stream()
                        .filter(each -> arn.equals(each.replicationInstanceArn()))
                        .map(ReplicationInstance::replicationInstanceIdentifier)
                        .toList());
        return Call.first(all, "there is no replication instance " + arn);
    }

    private Call<Map<Figure, List<Point>>> figures(String instance, Instant at, Deadline deadline) {
        Map<String, String> dimensions = new TreeMap<>(Map.of(
                "ReplicationInstanceIdentifier",
                instance,
                "ReplicationTaskIdentifier",
                task.substring(task.lastIndexOf(':') + 1)));
        List<MetricDataQuery> queries = Arrays.stream(Figure.values())
                .map(figure ->
                        new MetricQuery("AWS/DMS", figure.metric(), dimensions).as(id(figure), "Maximum", PERIOD))
                .toList();
        return calls.send(
                        deadline,
                        within -> clients.cloudWatch(region)
                                .getMetricData(get -> get.startTime(at.minus(BACK))
                                        .endTime(at.plus(PERIOD))
                                        .metricDataQueries(queries)
                                        .overrideConfiguration(within)))
                .then(ReplicationReader::points);
    }

    /** CloudWatch wants a small letter first. */
    private static String id(Figure figure) {
        return "m" + figure.metric();
    }

    private static Call<Map<Figure, List<Point>>> points(GetMetricDataResponse answer) {
        Map<Figure, List<Point>> figures = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
            List<Point> points = new ArrayList<>();
            for (MetricDataResult result : answer.metricDataResults()) {
                if (!id(figure).equals(result.id())) {
                    continue;
                }
                if (result.statusCode() == StatusCode.PARTIAL_DATA
                        || result.statusCode() == StatusCode.INTERNAL_ERROR) {
                    return new Call.Lost<>(
                            "CloudWatch has only a part of " + figure.metric() + ": " + result.statusCodeAsString());
                }
                for (int i = 0; i < result.values().size(); i++) {
                    points.add(new Point(
                            result.timestamps().get(i), result.values().get(i)));
                }
            }
            figures.put(figure, points);
        }
        return new Call.Answered<>(figures);
    }
}
