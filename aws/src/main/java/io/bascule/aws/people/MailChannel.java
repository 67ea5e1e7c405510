package io.bascule.aws.people;

import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Hash;
import io.bascule.core.port.Channel;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Message;
import io.bascule.core.port.Outcome;
import java.util.List;
import software.amazon.awssdk.services.sesv2.model.Body;
import software.amazon.awssdk.services.sesv2.model.Content;
import software.amazon.awssdk.services.sesv2.model.EmailContent;
import software.amazon.awssdk.services.sesv2.model.MessageHeader;

/**
 * Messages as mail by SES, to the addresses that the plan names. SES knows no keys: a repeated message arrives again,
 * with the same key in the header {@code X-Bascule-Key}.
 */
public final class MailChannel implements Channel {
    private final Clients clients;
    private final Calls calls;
    private final String region;
    private final String from;
    private final List<String> to;

    public MailChannel(Clients clients, Calls calls, String region, String from, List<String> to) {
        this.clients = clients;
        this.calls = calls;
        this.region = region;
        this.from = from;
        this.to = List.copyOf(to);
    }

    @Override
    public Outcome send(Message message, Deadline deadline) {
        EmailContent content = EmailContent.builder()
                .simple(mail -> mail.subject(text(message.subject()))
                        .body(Body.builder().text(text(Letters.body(message))).build())
                        .headers(MessageHeader.builder()
                                .name("X-Bascule-Key")
                                .value(Hash.of(message.key()))
                                .build()))
                .build();
        return calls.send(
                        deadline,
                        within -> clients.mail(region)
                                .sendEmail(mail -> mail.fromEmailAddress(from)
                                        .destination(people -> people.toAddresses(to))
                                        .content(content)
                                        .overrideConfiguration(within)))
                .outcome(answer -> answer.messageId());
    }

    private static Content text(String data) {
        return Content.builder().data(data).charset("UTF-8").build();
    }
}
