package io.bascule.aws.detect;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Once;
import io.bascule.core.json.Json;
import io.bascule.core.json.JsonException;
import io.bascule.core.port.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttribute;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;

/** Who wrote something last, by CloudTrail's management events of the last month. Asked once for each thing. Safe for threads. */
final class Trail {
    private static final Duration BACK = Duration.ofDays(30);
    private static final String OURS = "bascule";
    private final Clients clients;
    private final Calls calls;
    private final Once<Optional<Writer>> known = new Once<>();

    Trail(Clients clients, Calls calls) {
        this.clients = clients;
        this.calls = calls;
    }

    /** @param agent by what means: the service that called, or else the caller's user agent */
    record Writer(String user, String agent, String event, Instant at) {}

    /** The last write that was not ours; empty when there was none. */
    Call<Optional<Writer>> lastForeign(String region, String resource, Deadline deadline) {
        return known.of(region + " " + resource, () -> ask(region, resource, deadline));
    }

    private Call<Optional<Writer>> ask(String region, String resource, Deadline deadline) {
        return calls.send(
                        deadline,
                        within -> clients.trail(region)
                                .lookupEvents(look -> look.startTime(
                                                calls.clock().instant().minus(BACK))
                                        .lookupAttributes(LookupAttribute.builder()
                                                .attributeKey(LookupAttributeKey.RESOURCE_NAME)
                                                .attributeValue(resource)
                                                .build())
                                        .overrideConfiguration(within)))
                .map(answer -> lastForeign(answer.events()));
    }

    /** CloudTrail tells the newest first. */
    static Optional<Writer> lastForeign(List<Event> events) {
        return events.stream()
                .filter(event -> !"true".equals(event.readOnly()))
                .map(Trail::writer)
                .filter(writer ->
                        !writer.agent().startsWith(OURS) && !writer.agent().contains(" " + OURS))
                .findFirst();
    }

    private static Writer writer(Event event) {
        String by = event.username() == null ? "someone" : event.username();
        return new Writer(by, agent(event.cloudTrailEvent()), event.eventName(), event.eventTime());
    }

    private static String agent(String record) {
        try {
            if (!(Json.parse(record == null ? "" : record) instanceof Map<?, ?> event)) {
                return "";
            }
            boolean byService = event.get("userIdentity") instanceof Map<?, ?> who
                    && who.get("invokedBy") instanceof String service
                    && !service.isEmpty();
            Object agent = byService && event.get("userIdentity") instanceof Map<?, ?> who
                    ? who.get("invokedBy")
                    : event.get("userAgent");
            return agent instanceof String text ? text : "";
        } catch (JsonException e) {
            return ""; // a record that is no JSON tells nothing of the agent; the user is told beside it
        }
    }
}
