package io.bascule.aws.people;

import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Hash;
import io.bascule.core.port.Channel;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Message;
import io.bascule.core.port.Outcome;
import java.util.Map;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/**
 * Messages to an SNS topic; subscribers may filter by the attributes {@code audience} and {@code recipient}. A topic
 * whose name ends in {@code .fifo} drops a repeated key by itself; another delivers it again, with the key in it.
 */
public final class TopicChannel implements Channel {
    private static final int SUBJECT_MOST = 100;
    private final Clients clients;
    private final Calls calls;
    private final String region;
    private final String topic;

    public TopicChannel(Clients clients, Calls calls, String region, String topic) {
        this.clients = clients;
        this.calls = calls;
        this.region = region;
        this.topic = topic;
    }

    @Override
    public Outcome send(Message message, Deadline deadline) {
        boolean fifo = topic.endsWith(".fifo");
        return calls.send(
                        deadline,
                        within -> clients.topics(region).publish(publish -> {
                            publish.topicArn(topic)
                                    .subject(subject(message.subject()))
                                    .message(Letters.body(message))
                                    .messageAttributes(Map.of(
                                            "audience", text(message.audience()),
                                            "recipient", text(message.recipient()),
                                            "key", text(message.key())))
                                    .overrideConfiguration(within);
                            if (fifo) {
                                publish.messageGroupId("bascule").messageDeduplicationId(Hash.of(message.key()));
                            }
                        }))
                .outcome(answer -> answer.messageId());
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    /** SNS takes printable ASCII up to 100 characters; the whole subject stands in the body too. */
    static String subject(String text) {
        String plain = text.replaceAll("[^\\x20-\\x7e]+", " ").strip();
        String some = plain.isEmpty() ? "bascule" : plain;
        return some.substring(0, Math.min(SUBJECT_MOST, some.length()));
    }
}
