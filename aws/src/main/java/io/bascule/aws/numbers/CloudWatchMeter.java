package io.bascule.aws.numbers;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.MetricQuery;
import io.bascule.aws.api.Pages;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Meter;
import io.bascule.core.port.MeterReading;
import io.bascule.core.port.MeterReading.At;
import io.bascule.core.rules.Nearest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/**
 * One metric of CloudWatch. Only periods that lie wholly within a stretch of time are told: one that reaches beyond it is also of
 * what was before or after. A period without a datapoint is missing.
 */
final class CloudWatchMeter implements Meter {
    private static final String ID = "used";

    private final CloudWatchAddress address;
    private final Clients clients;
    private final Calls calls;

    CloudWatchMeter(CloudWatchAddress address, Clients clients, Calls calls) {
        this.address = address;
        this.clients = clients;
        this.calls = calls;
    }

    @Override
    public Duration delay() {
        return address.delay();
    }

    @Override
    public Scale scale() {
        return address.scale();
    }

    @Override
    public String about() {
        return address.about();
    }

    @Override
    public MeterReading read(Instant from, Instant to, Deadline deadline) {
        Optional<Span> whole = new Span(from, to, from).read(Duration.ZERO, address.period());
        if (whole.isEmpty()) {
            return new MeterReading.Failed(
                    "no whole period of " + address.period().toSeconds() + " s lies within " + from + " to " + to
                            + ": CloudWatch has no figure of so short a time",
                    false);
        }
        Call<List<GetMetricDataResponse>> call =
                Pages.all(page -> ask(whole.get(), page, deadline), List::of, GetMetricDataResponse::nextToken);
        return switch (call) {
            case Call.Answered<List<GetMetricDataResponse>>(var pages) -> told(pages, whole.get());
            case Call.Rejected<List<GetMetricDataResponse>> no -> failed(no.why(), no.again());
            case Call.NotSent<List<GetMetricDataResponse>> no ->
                failed(no.why() + region(), !no.why().startsWith("no cred"));
            case Call.Lost<List<GetMetricDataResponse>> no -> failed(no.why(), true);
        };
    }

    private static MeterReading failed(String why, boolean again) {
        return new MeterReading.Failed("CloudWatch: " + why, again);
    }

    /** A region that the SDK does not know may be new, or misspelt: told where nobody answers. */
    private String region() {
        List<String> known = Region.regions().stream().map(Region::id).toList();
        return known.contains(address.region())
                ? ""
                : "; region " + address.region() + ": "
                        + Nearest.to(address.region(), known)
                                .map(near -> "did you mean " + near + "?")
                                .orElse("the SDK knows none of that name");
    }

    private Call<GetMetricDataResponse> ask(Span span, Optional<String> page, Deadline deadline) {
        return calls.send(
                deadline,
                within -> clients.cloudWatch(address.region())
                        .getMetricData(get -> get.startTime(span.from())
                                .endTime(span.to())
                                .scanBy(ScanBy.TIMESTAMP_ASCENDING)
                                .metricDataQueries(query())
                                .nextToken(page.orElse(null))
                                .overrideConfiguration(within)));
    }

    private MetricDataQuery query() {
        return new MetricQuery(address.namespace(), address.metric(), address.dimensions())
                .as(ID, address.statistic(), address.period());
    }

    /** On all but the last page the data is said to be partial; what is partial on the last one is not all there is. */
    private MeterReading told(List<GetMetricDataResponse> pages, Span span) {
        SortedMap<Instant, Double> samples = new TreeMap<>();
        StatusCode last = StatusCode.COMPLETE;
        for (GetMetricDataResponse page : pages) {
            for (MetricDataResult result : page.metricDataResults()) {
                last = result.statusCode() == null ? StatusCode.COMPLETE : result.statusCode();
                if (last == StatusCode.INTERNAL_ERROR
                        || last == StatusCode.FORBIDDEN
                        || result.values().size() != result.timestamps().size()) {
                    return failed(
                            "the metric is answered " + result.statusCodeAsString(), last != StatusCode.FORBIDDEN);
                }
                for (int i = 0; i < result.values().size(); i++) {
                    Instant at = result.timestamps().get(i);
                    if (!at.isBefore(span.from())
                            && at.isBefore(span.to())
                            && Double.isFinite(result.values().get(i))) {
                        samples.put(at, result.values().get(i));
                    }
                }
            }
        }
        if (last == StatusCode.PARTIAL_DATA) {
            return failed("only a part of the metric is answered", true);
        }
        long whole = Duration.between(span.from(), span.to()).dividedBy(address.period());
        return new MeterReading.Told(
                samples.entrySet().stream()
                        .map(each -> new At(each.getKey(), each.getValue()))
                        .toList(),
                Math.clamp(whole - samples.size(), 0, Integer.MAX_VALUE));
    }

    @Override
    public void close() {
        clients.close();
    }
}
