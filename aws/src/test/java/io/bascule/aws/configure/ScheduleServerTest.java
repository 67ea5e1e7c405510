package io.bascule.aws.configure;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.aws.FaultLoop;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.LossyPeer;
import io.bascule.aws.api.PeerActuatorConformance;
import io.bascule.aws.api.Peers;
import io.bascule.core.plan.Settings;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Change;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;

/** Schedules against ministack, the one peer whose schedules go off; it looks every ten seconds. */
@Tag("server")
class ScheduleServerTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration FIRES_WITHIN = Duration.ofSeconds(60);
    private static final String ROLE = "arn:aws:iam::000000000000:role/reminder";
    private static final Image NONE = Image.of("at", "none");
    private static final Image LATER = Image.of("at", "2099-11-28T22:00:00Z");

    private static ScheduledReminder reminder(Clients clients, String name, String topic) {
        return new ScheduledReminder(
                clients,
                Peers.calls(),
                Settings.of("schedule", "region", Peers.REGION, "name", name, "topic", topic, "role", ROLE));
    }

    private static Outcome bring(Actuator actuator, Image from, Image to) {
        return actuator.apply(new Change("run/a/forward/1", Instant.now().plusSeconds(20), from, to), Peers.soon());
    }

    private static boolean isRefused(Outcome outcome, String why) {
        return outcome instanceof Outcome.Refused refused && refused.why().contains(why);
    }

    @Nested
    class Conformance extends PeerActuatorConformance {
        private final Clients clients = Clients.at(Peers.ministack());
        private final String name = Peers.fresh("reminder");

        @Override
        protected Actuator actuator() {
            return reminder(clients, name, "arn:aws:sns:eu-central-1:000000000000:nobody");
        }

        @Override
        protected Image from() {
            return NONE;
        }

        @Override
        protected Image to() {
            return LATER;
        }

        @Test
        void it_is_moved_and_brought_back_to_where_it_was() {
            Image sooner = Image.of("at", "2098-01-01T00:00:00Z");
            assertThat(bring(actuator(), NONE, LATER)).isInstanceOf(Outcome.Done.class);
            assertThat(bring(actuator(), LATER, sooner)).isInstanceOf(Outcome.Done.class);
            assertThat(bring(actuator(), sooner, LATER)).isInstanceOf(Outcome.Done.class);
            assertThat(actuator().observe(Peers.soon())).isEqualTo(new Reading.Seen(LATER));
        }

        @Test
        void an_instant_that_is_over_or_in_another_form_is_refused() {
            assertThat(isRefused(bring(actuator(), NONE, Image.of("at", "2020-01-01T00:00:00Z")), "is over"))
                    .isTrue();
            for (String wrong : List.of("tomorrow", "2099-11-28T22:00:00.5Z", "2099-11-28T23:00:00+01:00", "")) {
                assertThat(isRefused(bring(actuator(), NONE, Image.of("at", wrong)), "an instant"))
                        .as(wrong)
                        .isTrue();
            }
            assertThat(actuator().observe(Peers.soon())).isEqualTo(new Reading.Seen(NONE));
        }

        @Test
        void a_schedule_of_that_name_that_is_somebody_elses_is_unseen_and_kept() {
            var _ = clients.schedules(Peers.REGION)
                    .createSchedule(create -> create.name(name)
                            .scheduleExpression("rate(1 day)")
                            .flexibleTimeWindow(window -> window.mode(FlexibleTimeWindowMode.OFF))
                            .target(target -> target.arn("arn:aws:sns:eu-central-1:000000000000:nobody")
                                    .roleArn(ROLE)));
            assertThat(actuator().observe(Peers.soon())).isInstanceOf(Reading.Unseen.class);
            assertThat(isRefused(bring(actuator(), LATER, NONE), "somebody else's"))
                    .isTrue();
            assertThat(clients.schedules(Peers.REGION)
                            .getSchedule(get -> get.name(name))
                            .scheduleExpression())
                    .isEqualTo("rate(1 day)");
        }
    }

    /** There and back through a line that spoils one call. */
    private record Spoiled(Clients clients, String name, LossyPeer line, Actuator actuator) implements FaultLoop.World {
        static Spoiled of(int spoiled, LossyPeer.Fate fate) throws IOException {
            LossyPeer line = new LossyPeer(Peers.ministack(), spoiled, fate, "ScheduleExpression");
            String name = Peers.fresh("spoiled");
            return new Spoiled(
                    Clients.at(Peers.ministack()),
                    name,
                    line,
                    ScheduleServerTest.reminder(
                            Clients.at(line.at()), name, "arn:aws:sns:eu-central-1:000000000000:nobody"));
        }

        @Override
        public Actuator actuator(int step) {
            return actuator;
        }

        @Override
        public List<Image> wanted() {
            return List.of(LATER, NONE);
        }

        @Override
        public String all() {
            return clients.schedules(Peers.REGION)
                    .listSchedules(list -> list.namePrefix(name))
                    .schedules()
                    .toString();
        }
    }

    @Test
    void whichever_call_fails_in_whichever_way_one_is_created_and_none_is_left() throws Exception {
        FaultLoop.loop(Spoiled::of, 1);
    }

    @Test
    void what_is_due_is_told_once_and_what_was_taken_back_before_is_silent() throws Exception {
        Clients clients = Clients.at(Peers.ministack());
        String word = Peers.fresh("due");
        String topic = clients.topics(Peers.REGION)
                .createTopic(create -> create.name(word))
                .topicArn();
        String queue = inner(sqs("Action=CreateQueue&QueueName=" + word), "QueueUrl");
        String arn = inner(sqs("Action=GetQueueAttributes&AttributeName.1=QueueArn&QueueUrl=" + queue), "Value");
        var _ = clients.topics(Peers.REGION)
                .subscribe(
                        subscribe -> subscribe.topicArn(topic).protocol("sqs").endpoint(arn));
        Actuator kept = reminder(clients, word + "-kept", topic);
        Actuator cancelled = reminder(clients, word + "-cancelled", topic);
        Instant soon = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(8);
        Image before = Image.of("at", soon.toString());
        Image after = Image.of("at", soon.plusSeconds(2).toString());
        assertThat(bring(cancelled, NONE, before)).isInstanceOf(Outcome.Done.class);
        assertThat(bring(kept, NONE, after)).isInstanceOf(Outcome.Done.class);
        assertThat(bring(cancelled, before, NONE)).isInstanceOf(Outcome.Done.class);
        StringBuilder told = new StringBuilder();
        Instant until = Instant.now().plus(FIRES_WITHIN);
        while (!told.toString().contains(word + "-kept") && Instant.now().isBefore(until)) {
            told.append(sqs("Action=ReceiveMessage&WaitTimeSeconds=1&QueueUrl=" + queue));
        }
        assertThat(told.toString())
                .contains(word + "-kept is due", "Nothing was removed")
                .as("it would have gone off two seconds earlier")
                .doesNotContain(word + "-cancelled");
        assertThat(kept.observe(Peers.soon())).isEqualTo(new Reading.Seen(NONE));
    }

    /** One call to SQS, whose client is another 2 MB: a form, and the answer's text. */
    private static String sqs(String form) throws IOException, InterruptedException {
        HttpRequest post = HttpRequest.newBuilder(Peers.ministack())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=test/20260101/eu-central-1/sqs/aws4_request, SignedHeaders=host, Signature=0")
                .POST(BodyPublishers.ofString(form + "&Version=2012-11-05"))
                .build();
        return HTTP.send(post, BodyHandlers.ofString()).body();
    }

    private static String inner(String xml, String element) {
        return xml.replaceFirst("(?s).*<" + element + ">", "").replaceFirst("(?s)</.*", "");
    }
}
