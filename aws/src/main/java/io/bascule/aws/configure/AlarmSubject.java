package io.bascule.aws.configure;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.MetricQuery;
import io.bascule.aws.api.OneField;
import io.bascule.aws.numbers.Series;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/**
 * What an alarm watches, by the fields {@code dimensions} ({@code LoadBalancer=…, TargetGroup=…}) and {@code actions}
 * ({@code on} or {@code off}). Everything else of the alarm is written back as it was read.
 */
final class AlarmSubject extends OneField {
    private final String alarm;
    private final Set<String> fields;

    /** @param fields which of the two the plan sets */
    AlarmSubject(Clients clients, Calls calls, String region, String alarm, Set<String> fields) {
        super(clients, calls, region, fields);
        this.alarm = alarm;
        this.fields = Set.copyOf(fields);
    }

    @Override
    protected String fault(Image wanted) {
        String actions = wanted.owned().getOrDefault("actions", "on");
        boolean known =
                Set.of("dimensions", "actions").containsAll(wanted.owned().keySet());
        return !known || !Set.of("on", "off").contains(actions)
                ? "an alarm has the fields dimensions, and actions: on or off"
                : super.fault(wanted);
    }

    @Override
    protected Call<Found<MetricAlarm>> read(Deadline deadline) {
        Call<List<MetricAlarm>> all = calls.send(
                        deadline,
                        within -> clients.cloudWatch(region)
                                .describeAlarms(get -> get.alarmNames(alarm).overrideConfiguration(within)))
                .map(answer -> answer.metricAlarms());
        Call<MetricAlarm> call = Call.first(all, "there is no alarm " + alarm);
        return call instanceof Call.Answered<MetricAlarm>(var found)
                        && !found.metrics().isEmpty()
                ? new Call.Rejected<>("", alarm + " is an alarm on an expression", false)
                : call.map(found -> new Found<>(image(found), found));
    }

    private Image image(MetricAlarm found) {
        TreeMap<String, String> owned = new TreeMap<>();
        owned.put("dimensions", text(found.dimensions()));
        owned.put("actions", Boolean.TRUE.equals(found.actionsEnabled()) ? "on" : "off");
        owned.keySet().retainAll(fields);
        return new Image(owned, new TreeMap<>(Map.of("metric", found.namespace() + " " + found.metricName())));
    }

    static String text(List<Dimension> dimensions) {
        TreeMap<String, String> sorted = new TreeMap<>();
        dimensions.forEach(each -> sorted.put(each.name(), each.value()));
        return String.join(
                ", ",
                sorted.entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .toList());
    }

    @Override
    protected Outcome write(Found<?> found, Image wanted, Deadline deadline) {
        MetricAlarm was = (MetricAlarm) found.value();
        List<Dimension> dimensions = wanted.owned().containsKey("dimensions")
                ? MetricQuery.dimensions(Series.dimensions(wanted.get("dimensions")))
                : was.dimensions();
        boolean actions = wanted.owned().containsKey("actions")
                ? wanted.get("actions").equals("on")
                : Boolean.TRUE.equals(was.actionsEnabled());
        return calls.send(
                        deadline,
                        within -> clients.cloudWatch(region)
                                .putMetricAlarm(put -> put.alarmName(was.alarmName())
                                        .alarmDescription(was.alarmDescription())
                                        .actionsEnabled(actions)
                                        .okActions(was.okActions())
                                        .alarmActions(was.alarmActions())
                                        .insufficientDataActions(was.insufficientDataActions())
                                        .metricName(was.metricName())
                                        .namespace(was.namespace())
                                        .statistic(was.statistic())
                                        .extendedStatistic(was.extendedStatistic())
                                        .dimensions(dimensions)
                                        .period(was.period())
                                        .unit(was.unit())
                                        .evaluationPeriods(was.evaluationPeriods())
                                        .datapointsToAlarm(was.datapointsToAlarm())
                                        .threshold(was.threshold())
                                        .comparisonOperator(was.comparisonOperator())
                                        .treatMissingData(was.treatMissingData())
                                        .evaluateLowSampleCountPercentile(was.evaluateLowSampleCountPercentile())
                                        .overrideConfiguration(within)))
                .outcome(_ -> "");
    }

    @Override
    protected Authority mayChange(Found<?> found, Deadline deadline) {
        return simulated("cloudwatch:PutMetricAlarm", ((MetricAlarm) found.value()).alarmArn(), deadline);
    }
}
