package io.bascule.aws.detect;

import io.bascule.aws.api.Clients;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsRequest;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsResponse;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeAccountLimitsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeAccountLimitsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Limit;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TagDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.GetHostedZoneLimitRequest;
import software.amazon.awssdk.services.route53.model.GetHostedZoneLimitResponse;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.ListHostedZonesRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesResponse;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.route53.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.GetAccountRequest;
import software.amazon.awssdk.services.sesv2.model.GetAccountResponse;
import software.amazon.awssdk.services.sesv2.model.GetEmailIdentityRequest;
import software.amazon.awssdk.services.sesv2.model.GetEmailIdentityResponse;

/** An account as a test fills it. Lists come one entry a page; what is in {@link #denied} may not be read. */
final class FakeAccount {
    final Map<String, List<Listener>> listeners = new HashMap<>();
    final Map<String, List<Rule>> rules = new HashMap<>();
    final Map<String, List<String>> balancersOf = new HashMap<>();
    final Map<String, Map<String, String>> tags = new HashMap<>();
    final Map<String, Map<String, TargetHealthStateEnum>> targets = new HashMap<>();
    final Map<String, String> limits = new HashMap<>();
    final List<HostedZone> zones = new ArrayList<>();
    final Map<String, List<ResourceRecordSet>> records = new HashMap<>();
    final List<MetricAlarm> alarms = new ArrayList<>();
    final List<Double> healthyHosts = new ArrayList<>();
    final List<AutoScalingGroup> scaling = new ArrayList<>();
    final List<Event> events = new ArrayList<>();
    final Map<String, Boolean> identities = new HashMap<>();
    GetAccountResponse mail = GetAccountResponse.builder()
            .productionAccessEnabled(true)
            .sendingEnabled(true)
            .sendQuota(quota -> quota.max24HourSend(50_000.0).sentLast24Hours(0.0))
            .build();
    /** Every request, as it was asked. */
    final List<String> asked = new ArrayList<>();
    /** Operations that AWS refuses. */
    final Set<String> denied = new HashSet<>();

    Clients clients() {
        return Clients.of(new Balancers(), new Zones(), new Watch(), new Scaling(), new Audit(), new Mail());
    }

    static HostedZone zone(String id, String name, boolean hidden) {
        return HostedZone.builder()
                .id("/hostedzone/" + id)
                .name(name)
                .config(config -> config.privateZone(hidden))
                .build();
    }

    static ResourceRecordSet record(String name, RRType type, String value) {
        return ResourceRecordSet.builder()
                .name(name)
                .type(type)
                .ttl(60L)
                .resourceRecords(ResourceRecord.builder().value(value).build())
                .build();
    }

    static Event event(String user, String agent, boolean read, Instant at) {
        return Event.builder()
                .username(user)
                .eventName("ModifyRule")
                .eventTime(at)
                .readOnly("" + read)
                .cloudTrailEvent("{\"userIdentity\": {\"type\": \"AssumedRole\"}, \"userAgent\": \"" + agent + "\"}")
                .build();
    }

    private void ask(String operation, SdkRequest request) {
        asked.add(operation + " " + request);
        if (denied.contains(operation)) {
            throw error("AccessDenied", "you may not " + operation);
        }
    }

    private static AwsServiceException error(String code, String message) {
        return AwsServiceException.builder()
                .statusCode(403)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }

    /** One entry a page: the marker is the place of the next. */
    private static <T> List<T> page(List<T> all, @Nullable String marker) {
        int from = from(marker);
        return all.subList(Math.min(from, all.size()), Math.min(from + 1, all.size()));
    }

    private static int from(@Nullable String marker) {
        return marker == null ? 0 : Integer.parseInt(marker);
    }

    private static @Nullable String next(List<?> all, @Nullable String marker) {
        return from(marker) + 1 < all.size() ? "" + (from(marker) + 1) : null;
    }

    private abstract static class Fake implements SdkClient {
        @Override
        public String serviceName() {
            return "fake";
        }

        @Override
        public void close() {}
    }

    private final class Balancers extends Fake implements ElasticLoadBalancingV2Client {
        @Override
        public DescribeListenersResponse describeListeners(DescribeListenersRequest request) {
            ask("DescribeListeners", request);
            List<Listener> all = listeners.getOrDefault(request.loadBalancerArn(), List.of());
            return DescribeListenersResponse.builder()
                    .listeners(page(all, request.marker()))
                    .nextMarker(next(all, request.marker()))
                    .build();
        }

        @Override
        public DescribeRulesResponse describeRules(DescribeRulesRequest request) {
            ask("DescribeRules", request);
            List<Rule> all = rules.getOrDefault(request.listenerArn(), List.of());
            return DescribeRulesResponse.builder()
                    .rules(page(all, request.marker()))
                    .nextMarker(next(all, request.marker()))
                    .build();
        }

        @Override
        public DescribeTargetGroupsResponse describeTargetGroups(DescribeTargetGroupsRequest request) {
            ask("DescribeTargetGroups", request);
            return DescribeTargetGroupsResponse.builder()
                    .targetGroups(TargetGroup.builder()
                            .loadBalancerArns(balancersOf.getOrDefault(
                                    request.targetGroupArns().getFirst(), List.of()))
                            .build())
                    .build();
        }

        @Override
        public DescribeTargetHealthResponse describeTargetHealth(DescribeTargetHealthRequest request) {
            ask("DescribeTargetHealth", request);
            List<TargetHealthDescription> all = new ArrayList<>();
            targets.getOrDefault(request.targetGroupArn(), Map.of())
                    .forEach((id, state) -> all.add(TargetHealthDescription.builder()
                            .target(target -> target.id(id))
                            .targetHealth(health -> health.state(state))
                            .build()));
            return DescribeTargetHealthResponse.builder()
                    .targetHealthDescriptions(all)
                    .build();
        }

        @Override
        public DescribeTagsResponse describeTags(DescribeTagsRequest request) {
            ask("DescribeTags", request);
            List<Tag> all = new ArrayList<>();
            tags.getOrDefault(request.resourceArns().getFirst(), Map.of())
                    .forEach((key, value) ->
                            all.add(Tag.builder().key(key).value(value).build()));
            return DescribeTagsResponse.builder()
                    .tagDescriptions(TagDescription.builder().tags(all).build())
                    .build();
        }

        @Override
        public DescribeAccountLimitsResponse describeAccountLimits(DescribeAccountLimitsRequest request) {
            ask("DescribeAccountLimits", request);
            return DescribeAccountLimitsResponse.builder()
                    .limits(limits.entrySet().stream()
                            .map(each -> Limit.builder()
                                    .name(each.getKey())
                                    .max(each.getValue())
                                    .build())
                            .toList())
                    .build();
        }
    }

    private final class Zones extends Fake implements Route53Client {
        @Override
        public ListHostedZonesResponse listHostedZones(ListHostedZonesRequest request) {
            ask("ListHostedZones", request);
            String next = next(zones, request.marker());
            return ListHostedZonesResponse.builder()
                    .hostedZones(page(zones, request.marker()))
                    .isTruncated(next != null)
                    .nextMarker(next)
                    .build();
        }

        @Override
        public ListResourceRecordSetsResponse listResourceRecordSets(ListResourceRecordSetsRequest request) {
            ask("ListResourceRecordSets " + request.hostedZoneId(), request);
            return ListResourceRecordSetsResponse.builder()
                    .resourceRecordSets(records.getOrDefault(request.hostedZoneId(), List.of()))
                    .isTruncated(false)
                    .build();
        }

        @Override
        public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
            ask("ListTagsForResource", request);
            return ListTagsForResourceResponse.builder()
                    .resourceTagSet(set ->
                            set.tags(tags.getOrDefault(request.resourceId(), Map.of()).entrySet().stream()
                                    .map(each -> software.amazon.awssdk.services.route53.model.Tag.builder()
                                            .key(each.getKey())
                                            .value(each.getValue())
                                            .build())
                                    .toList()))
                    .build();
        }

        @Override
        public GetHostedZoneLimitResponse getHostedZoneLimit(GetHostedZoneLimitRequest request) {
            ask("GetHostedZoneLimit", request);
            return GetHostedZoneLimitResponse.builder()
                    .limit(limit -> limit.value(Long.parseLong(limits.getOrDefault("records", "10000"))))
                    .count((long) records.getOrDefault(request.hostedZoneId(), List.of())
                            .size())
                    .build();
        }
    }

    private final class Watch extends Fake implements CloudWatchClient {
        @Override
        public DescribeAlarmsResponse describeAlarms(DescribeAlarmsRequest request) {
            ask("DescribeAlarms", request);
            return DescribeAlarmsResponse.builder()
                    .metricAlarms(page(alarms, request.nextToken()))
                    .nextToken(next(alarms, request.nextToken()))
                    .build();
        }

        @Override
        public GetMetricDataResponse getMetricData(GetMetricDataRequest request) {
            ask("GetMetricData", request);
            return GetMetricDataResponse.builder()
                    .metricDataResults(MetricDataResult.builder()
                            .id("healthy")
                            .values(page(healthyHosts, request.nextToken()))
                            .build())
                    .nextToken(next(healthyHosts, request.nextToken()))
                    .build();
        }
    }

    private final class Scaling extends Fake implements AutoScalingClient {
        @Override
        public DescribeAutoScalingGroupsResponse describeAutoScalingGroups(DescribeAutoScalingGroupsRequest request) {
            ask("DescribeAutoScalingGroups", request);
            return DescribeAutoScalingGroupsResponse.builder()
                    .autoScalingGroups(page(scaling, request.nextToken()))
                    .nextToken(next(scaling, request.nextToken()))
                    .build();
        }
    }

    private final class Audit extends Fake implements CloudTrailClient {
        @Override
        public LookupEventsResponse lookupEvents(LookupEventsRequest request) {
            ask("LookupEvents", request);
            return LookupEventsResponse.builder().events(events).build();
        }
    }

    private final class Mail extends Fake implements SesV2Client {
        @Override
        public GetAccountResponse getAccount(GetAccountRequest request) {
            ask("GetAccount", request);
            return mail;
        }

        @Override
        public GetEmailIdentityResponse getEmailIdentity(GetEmailIdentityRequest request) {
            ask("GetEmailIdentity", request);
            Boolean verified = identities.get(request.emailIdentity());
            if (verified == null) {
                throw error("NotFoundException", request.emailIdentity() + " does not exist");
            }
            return GetEmailIdentityResponse.builder()
                    .verifiedForSendingStatus(verified)
                    .build();
        }
    }
}
