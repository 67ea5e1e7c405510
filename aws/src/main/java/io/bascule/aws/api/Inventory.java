package io.bascule.aws.api;

import io.bascule.core.plan.Settings;
import io.bascule.core.port.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.route53.model.GetDnssecResponse;
import software.amazon.awssdk.services.route53.model.GetHostedZoneResponse;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.HostedZoneLimitType;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.route53.model.TagResourceType;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;

/**
 * What there is in a region of an account, for one look: each list whole or not at all, for a page that does not come is
 * no shorter list; and each read once, whoever asks. Safe for threads.
 */
public final class Inventory {
    private static final int PAGES_MOST = 200;
    private static final Duration PEAK_OVER = Duration.ofDays(14);
    private static final Duration PEAK_PERIOD = Duration.ofMinutes(5);
    private final Clients clients;
    private final Calls calls;
    private final String region;
    private final Once<List<Listener>> listeners = new Once<>();
    private final Once<List<Rule>> rules = new Once<>();
    private final Once<List<String>> balancers = new Once<>();
    private final Once<Map<String, Boolean>> targets = new Once<>();
    private final Once<Map<String, String>> tags = new Once<>();
    private final Once<Map<String, Long>> limits = new Once<>();
    private final Once<List<HostedZone>> zones = new Once<>();
    private final Once<GetHostedZoneResponse> zone = new Once<>();
    private final Once<GetDnssecResponse> signing = new Once<>();
    private final Once<List<ResourceRecordSet>> records = new Once<>();
    private final Once<Long> rooms = new Once<>();
    private final Once<List<MetricAlarm>> alarms = new Once<>();
    private final Once<List<AutoScalingGroup>> groups = new Once<>();

    public Inventory(Clients clients, Calls calls, String region) {
        this.clients = clients;
        this.calls = calls;
        this.region = region;
    }

    /** Every service has a kind of tag of its own. */
    private static <T> Map<String, String> tags(List<T> all, Function<T, String> key, Function<T, String> value) {
        Map<String, String> tags = new TreeMap<>();
        all.forEach(tag -> tags.put(key.apply(tag), value.apply(tag)));
        return tags;
    }

    public Call<List<Listener>> listeners(String loadBalancer, Deadline deadline) {
        return listeners.of(
                loadBalancer,
                () -> Pages.all(
                        from -> calls.send(
                                deadline,
                                within -> clients.loadBalancers(region)
                                        .describeListeners(get -> get.loadBalancerArn(loadBalancer)
                                                .marker(from.orElse(null))
                                                .overrideConfiguration(within))),
                        answer -> answer.listeners(),
                        answer -> answer.nextMarker()));
    }

    public Call<List<Rule>> rules(String listener, Deadline deadline) {
        return rules.of(
                listener,
                () -> Pages.all(
                        from -> calls.send(
                                deadline,
                                within -> clients.loadBalancers(region)
                                        .describeRules(get -> get.listenerArn(listener)
                                                .marker(from.orElse(null))
                                                .overrideConfiguration(within))),
                        answer -> answer.rules(),
                        answer -> answer.nextMarker()));
    }

    /** The load balancers that route to a target group. */
    public Call<List<String>> loadBalancersOf(String group, Deadline deadline) {
        return balancers.of(
                group,
                () -> calls.send(
                                deadline,
                                within -> clients.loadBalancers(region)
                                        .describeTargetGroups(get ->
                                                get.targetGroupArns(group).overrideConfiguration(within)))
                        .map(answer -> answer.targetGroups().stream()
                                .flatMap(each -> each.loadBalancerArns().stream())
                                .toList()));
    }

    /** Each target of a group, and whether it is healthy. */
    public Call<Map<String, Boolean>> targets(String group, Deadline deadline) {
        return targets.of(
                group,
                () -> calls.send(
                                deadline,
                                within -> clients.loadBalancers(region)
                                        .describeTargetHealth(
                                                get -> get.targetGroupArn(group).overrideConfiguration(within)))
                        .map(answer -> {
                            Map<String, Boolean> targets = new TreeMap<>();
                            answer.targetHealthDescriptions()
                                    .forEach(each -> targets.put(
                                            each.target().id(),
                                            "healthy".equals(each.targetHealth().stateAsString())));
                            return targets;
                        }));
    }

    /** Tags of listeners, rules or load balancers. */
    public Call<Map<String, String>> balancerTags(String arn, Deadline deadline) {
        return tags.of(
                arn,
                () -> calls.send(
                                deadline,
                                within -> clients.loadBalancers(region)
                                        .describeTags(
                                                get -> get.resourceArns(arn).overrideConfiguration(within)))
                        .map(answer -> tags(
                                answer.tagDescriptions().stream()
                                        .flatMap(each -> each.tags().stream())
                                        .toList(),
                                tag -> tag.key(),
                                tag -> tag.value())));
    }

    /** How many of something Elastic Load Balancing allows in this account; a limit without a number is left out. */
    public Call<Map<String, Long>> balancerLimits(Deadline deadline) {
        return limits.of(
                "",
                () -> calls.send(
                                deadline,
                                within -> clients.loadBalancers(region)
                                        .describeAccountLimits(get -> get.overrideConfiguration(within)))
                        .map(answer -> {
                            Map<String, Long> limits = new TreeMap<>();
                            answer.limits().forEach(each -> {
                                if (each.max() != null && each.max().matches("\\d{1,12}")) {
                                    limits.put(each.name(), Long.parseLong(each.max()));
                                }
                            });
                            return limits;
                        }));
    }

    /** Every zone of the account, public and private. */
    public Call<List<HostedZone>> zones(Deadline deadline) {
        return zones.of(
                "",
                () -> Pages.all(
                        from -> calls.send(
                                deadline,
                                within -> clients.route53(region)
                                        .listHostedZones(get ->
                                                get.marker(from.orElse(null)).overrideConfiguration(within))),
                        answer -> answer.hostedZones(),
                        answer -> Boolean.TRUE.equals(answer.isTruncated()) ? answer.nextMarker() : null));
    }

    /** Every record set of a zone. */
    public Call<List<ResourceRecordSet>> records(String zone, Deadline deadline) {
        return records.of(zone, () -> allRecords(zone, deadline));
    }

    private Call<List<ResourceRecordSet>> allRecords(String zone, Deadline deadline) {
        List<ResourceRecordSet> all = new ArrayList<>();
        Optional<ListResourceRecordSetsResponse> last = Optional.empty();
        for (int page = 0; page < PAGES_MOST; page++) {
            Optional<ListResourceRecordSetsResponse> before = last;
            Call<ListResourceRecordSetsResponse> call = calls.send(
                    deadline,
                    within -> clients.route53(region).listResourceRecordSets(list -> {
                        list.hostedZoneId(zone).overrideConfiguration(within);
                        before.ifPresent(from -> list.startRecordName(from.nextRecordName())
                                .startRecordType(from.nextRecordType())
                                .startRecordIdentifier(from.nextRecordIdentifier()));
                    }));
            if (!(call instanceof Call.Answered<ListResourceRecordSetsResponse>(var answer))) {
                return call.map(_ -> List.of());
            }
            all.addAll(answer.resourceRecordSets());
            if (!Boolean.TRUE.equals(answer.isTruncated())) {
                return new Call.Answered<>(List.copyOf(all));
            }
            last = Optional.of(answer);
        }
        return new Call.Lost<>("more than " + PAGES_MOST + " pages");
    }

    /** How many record sets a zone may have still. */
    public Call<Long> roomInZone(String zone, Deadline deadline) {
        return rooms.of(
                zone,
                () -> calls.send(
                                deadline,
                                within -> clients.route53(region)
                                        .getHostedZoneLimit(get -> get.hostedZoneId(zone)
                                                .type(HostedZoneLimitType.MAX_RRSETS_BY_ZONE)
                                                .overrideConfiguration(within)))
                        .map(answer -> answer.limit().value() - answer.count()));
    }

    /** A zone, and the name servers that are its own. */
    public Call<GetHostedZoneResponse> zone(String id, Deadline deadline) {
        return zone.of(
                id,
                () -> calls.send(
                        deadline,
                        within -> clients.route53(region)
                                .getHostedZone(get -> get.id(id).overrideConfiguration(within))));
    }

    /** Whether a public zone is signed, and with which keys. */
    public Call<GetDnssecResponse> signing(String zone, Deadline deadline) {
        return signing.of(
                zone,
                () -> calls.send(
                        deadline,
                        within -> clients.route53(region)
                                .getDNSSEC(get -> get.hostedZoneId(zone).overrideConfiguration(within))));
    }

    /** Tags of a zone. */
    public Call<Map<String, String>> zoneTags(String zone, Deadline deadline) {
        return tags.of(
                zone,
                () -> calls.send(
                                deadline,
                                within -> clients.route53(region)
                                        .listTagsForResource(get -> get.resourceType(TagResourceType.HOSTEDZONE)
                                                .resourceId(zone)
                                                .overrideConfiguration(within)))
                        .map(answer -> tags(answer.resourceTagSet().tags(), tag -> tag.key(), tag -> tag.value())));
    }

    /** Tags of what a {@code configure} step changes. */
    public Call<Map<String, String>> tags(Settings means, Deadline deadline) {
        String name = means.need("name");
        return switch (means.adapter()) {
            case "parameter" ->
                calls.send(
                                deadline,
                                within -> clients.parameters(region)
                                        .listTagsForResource(get -> get.resourceType(ResourceTypeForTagging.PARAMETER)
                                                .resourceId(name)
                                                .overrideConfiguration(within)))
                        .map(answer -> tags(answer.tagList(), tag -> tag.key(), tag -> tag.value()));
            case "secret" ->
                calls.send(
                                deadline,
                                within -> clients.secrets(region)
                                        .describeSecret(
                                                get -> get.secretId(name).overrideConfiguration(within)))
                        .map(answer -> tags(answer.tags(), tag -> tag.key(), tag -> tag.value()));
            default -> alarmTags(name, deadline);
        };
    }

    private Call<Map<String, String>> alarmTags(String name, Deadline deadline) {
        Call<List<String>> arns = calls.send(
                        deadline,
                        within -> clients.cloudWatch(region)
                                .describeAlarms(get -> get.alarmNames(name).overrideConfiguration(within)))
                .map(answer -> answer.metricAlarms().stream()
                        .map(MetricAlarm::alarmArn)
                        .toList());
        if (!(arns instanceof Call.Answered<List<String>>(var found)) || found.isEmpty()) {
            return arns.map(_ -> Map.of());
        }
        return calls.send(
                        deadline,
                        within -> clients.cloudWatch(region)
                                .listTagsForResource(
                                        get -> get.resourceARN(found.getFirst()).overrideConfiguration(within)))
                .map(answer -> tags(answer.tags(), tag -> tag.key(), tag -> tag.value()));
    }

    /** The most healthy targets that a group had at once in the time before; empty where CloudWatch knows none. */
    public Call<OptionalLong> peak(Map<String, String> dimensions, Deadline deadline) {
        Instant now = calls.clock().instant().truncatedTo(ChronoUnit.MINUTES);
        MetricDataQuery query = new MetricQuery("AWS/ApplicationELB", "HealthyHostCount", dimensions)
                .as("healthy", "Maximum", PEAK_PERIOD);
        return Pages.all(
                        from -> calls.send(
                                deadline,
                                within -> clients.cloudWatch(region)
                                        .getMetricData(get -> get.startTime(now.minus(PEAK_OVER))
                                                .endTime(now)
                                                .metricDataQueries(query)
                                                .nextToken(from.orElse(null))
                                                .overrideConfiguration(within))),
                        answer -> answer.metricDataResults().stream()
                                .flatMap(each -> each.values().stream())
                                .toList(),
                        answer -> answer.nextToken())
                .map(values -> values.isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(Math.round(values.stream()
                                .mapToDouble(Double::doubleValue)
                                .max()
                                .orElse(0))));
    }

    public Call<List<MetricAlarm>> alarms(Deadline deadline) {
        return alarms.of(
                "",
                () -> Pages.all(
                        from -> calls.send(
                                deadline,
                                within -> clients.cloudWatch(region)
                                        .describeAlarms(get ->
                                                get.nextToken(from.orElse(null)).overrideConfiguration(within))),
                        answer -> answer.metricAlarms(),
                        answer -> answer.nextToken()));
    }

    public Call<List<AutoScalingGroup>> scalingGroups(Deadline deadline) {
        return groups.of(
                "",
                () -> Pages.all(
                        from -> calls.send(
                                deadline,
                                within -> clients.scaling(region)
                                        .describeAutoScalingGroups(get ->
                                                get.nextToken(from.orElse(null)).overrideConfiguration(within))),
                        answer -> answer.autoScalingGroups(),
                        answer -> answer.nextToken()));
    }
}
