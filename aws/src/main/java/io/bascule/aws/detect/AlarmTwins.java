package io.bascule.aws.detect;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Inventory;
import io.bascule.aws.numbers.Series;
import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Entrance;
import io.bascule.core.plan.Settings;
import io.bascule.core.port.Deadline;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/**
 * Every alarm that watches the source of an entrance has a twin: the same metric, statistic and bound's direction with
 * the target's dimensions, and with data. An alarm that a step of the plan points elsewhere is listed.
 */
final class AlarmTwins {
    private final Map<String, String> source;
    private final Map<String, String> target;
    private final Set<String> listed;
    private final Looked looked;

    AlarmTwins(CutoverPlan plan, Entrance entrance) {
        Settings router = entrance.router();
        this.source = dimensions(router, "source");
        this.target = dimensions(router, "target");
        this.listed = plan.steps()
                .map(step -> step.action())
                .filter(action -> action instanceof Action.Configure)
                .map(action -> ((Action.Configure) action).means())
                .filter(means -> means.adapter().equals("alarm"))
                .map(means -> means.need("name"))
                .collect(Collectors.toSet());
        this.looked = new Looked("alarms " + entrance.name(), router);
    }

    /** What tells a side's metrics from the other's. */
    private static Map<String, String> dimensions(Settings router, String side) {
        return router.adapter().equals("elb")
                ? Map.of("TargetGroup", router.need(side).replaceFirst("^.*:", ""))
                : Series.dimensions(router.need("numbers." + side));
    }

    Looked among(Inventory inventory, Deadline deadline) {
        switch (inventory.alarms(deadline)) {
            case Call.Answered<List<MetricAlarm>>(var alarms) -> {
                List<MetricAlarm> ours =
                        alarms.stream().filter(this::watchesSource).toList();
                looked.saw(ours.size() + " of " + alarms.size() + " alarms watch the source");
                ours.stream().filter(each -> !listed.contains(each.alarmName())).forEach(each -> judge(each, alarms));
            }
            case Call<List<MetricAlarm>> other -> looked.unknown("alarms", other.why());
        }
        return looked;
    }

    private boolean watchesSource(MetricAlarm alarm) {
        return holds(alarm.dimensions())
                || alarm.metrics().stream()
                        .anyMatch(each -> each.metricStat() != null
                                && holds(each.metricStat().metric().dimensions()));
    }

    private boolean holds(List<Dimension> dimensions) {
        return map(dimensions).entrySet().containsAll(source.entrySet());
    }

    private void judge(MetricAlarm alarm, List<MetricAlarm> alarms) {
        String name = alarm.alarmName();
        if (!alarm.metrics().isEmpty()) {
            looked.found(name, "the alarm " + name + " is on an expression, whose twin cannot be told");
            return;
        }
        Optional<MetricAlarm> twin =
                alarms.stream().filter(each -> isTwin(alarm, each)).findFirst();
        if (twin.isEmpty()) {
            looked.found(name, "the alarm " + name + " has no twin that watches the target");
        } else if (twin.get().stateValue() == StateValue.ALARM) {
            looked.found(name, "its twin " + twin.get().alarmName() + " is in ALARM");
        } else if (twin.get().stateValue() != StateValue.OK) {
            looked.unknown(
                    "whether " + twin.get().alarmName() + " has data",
                    twin.get().stateValueAsString() + " until now");
        }
    }

    private boolean isTwin(MetricAlarm alarm, MetricAlarm other) {
        Map<String, String> wanted = new TreeMap<>(map(alarm.dimensions()));
        source.keySet().forEach(wanted::remove);
        wanted.putAll(target);
        return Objects.equals(alarm.namespace(), other.namespace())
                && Objects.equals(alarm.metricName(), other.metricName())
                && Objects.equals(alarm.statisticAsString(), other.statisticAsString())
                && Objects.equals(alarm.extendedStatistic(), other.extendedStatistic())
                && Objects.equals(alarm.comparisonOperatorAsString(), other.comparisonOperatorAsString())
                && wanted.equals(map(other.dimensions()));
    }

    private static Map<String, String> map(List<Dimension> dimensions) {
        Map<String, String> map = new TreeMap<>();
        dimensions.forEach(each -> map.put(each.name(), each.value()));
        return map;
    }
}
