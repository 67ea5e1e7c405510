package io.bascule.aws.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Peers;
import io.bascule.core.json.Json;
import io.bascule.core.port.Channel;
import io.bascule.core.port.Message;
import io.bascule.core.port.Outcome;
import io.bascule.testkit.ChannelConformance;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Messages against moto, which keeps what was sent where a test can read it. */
@Tag("server")
class ChannelServerTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static String text(String path) throws IOException, InterruptedException {
        HttpRequest get =
                HttpRequest.newBuilder(URI.create(Peers.moto() + path)).build();
        return HTTP.send(get, BodyHandlers.ofString()).body();
    }

    private static final Message MESSAGE = new Message("run/1/team", "team", "ana", "subject", "body", "you asked");

    @Nested
    class Topics extends ChannelConformance {
        private final Clients clients = Clients.at(Peers.moto());
        private final String topic = clients.topics(Peers.REGION)
                .createTopic(create -> create.name(Peers.fresh("topic")))
                .topicArn();

        @Override
        protected Channel channel() {
            return new TopicChannel(clients, Peers.calls(), Peers.REGION, topic);
        }

        @Override
        protected List<String> arrived() throws Exception {
            return sentTo(topic);
        }

        /** A topic delivers a repeated message again; only one whose name ends in .fifo knows keys. */
        @Override
        protected boolean knowsKeys() {
            return false;
        }
    }

    @Nested
    class Dashboards extends ChannelConformance {
        private final Clients clients = Clients.at(Peers.moto());
        private final String name = Peers.fresh("dashboard");

        @Override
        protected Channel channel() {
            return new DashboardChannel(clients, Peers.calls(), Peers.REGION, name, Map.of("web", ChartsTest.series()));
        }

        @Override
        protected List<String> arrived() {
            String body = clients.cloudWatch(Peers.REGION)
                    .getDashboard(get -> get.dashboardName(name))
                    .dashboardBody();
            return list(Json.parse(body), "widgets").stream()
                    .map(Dashboards::markdown)
                    .filter(text -> text.contains("Told by"))
                    .flatMap(text ->
                            List.of(text.split(Charts.BETWEEN, -1)).stream().skip(1))
                    .toList();
        }

        private static String markdown(@Nullable Object widget) {
            return widget instanceof Map<?, ?> map
                            && map.get("properties") instanceof Map<?, ?> properties
                            && properties.get("markdown") instanceof String text
                    ? text
                    : "";
        }
    }

    /** What moto was asked to publish to a topic. */
    private static List<String> sentTo(String topic) throws IOException, InterruptedException {
        return list(Json.parse(text("/moto-api/data.json")), "sns", "Topic").stream()
                .filter(each -> each instanceof Map<?, ?> map && topic.equals(map.get("arn")))
                .flatMap(each -> list(each, "sent_notifications").stream())
                .map(String::valueOf)
                .toList();
    }

    /** The list at the end of a path of keys; empty where there is none. */
    private static List<?> list(@Nullable Object json, String... path) {
        Object at = json;
        for (String key : path) {
            at = at instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return at instanceof List<?> found ? found : List.of();
    }

    @Nested
    class Mail {
        private final Clients clients = Clients.at(Peers.moto());
        private final MailChannel channel = new MailChannel(
                clients, Peers.calls(), Peers.REGION, "cutover@example.com", List.of("team@example.com"));

        @BeforeEach
        void verified() {
            try {
                var _ = clients.mail(Peers.REGION)
                        .createEmailIdentity(create -> create.emailIdentity("cutover@example.com"));
            } catch (software.amazon.awssdk.services.sesv2.model.AlreadyExistsException e) {
                assertThat(e).isNotNull(); // another test has verified it
            }
        }

        @Test
        void mail_is_accepted_for_those_whom_the_plan_names() {
            assertThat(channel.send(MESSAGE, Peers.soon()))
                    .isInstanceOfSatisfying(
                            Outcome.Done.class,
                            done -> assertThat(done.changeId()).isNotBlank());
        }

        @Test
        void a_sender_that_is_not_verified_is_refused_for_good() {
            MailChannel other = new MailChannel(
                    clients, Peers.calls(), Peers.REGION, "nobody@unverified.test", List.of("team@example.com"));
            assertThat(other.send(MESSAGE, Peers.soon()))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.again()).isFalse());
        }
    }

    @Test
    void a_topic_that_is_not_there_refuses_and_a_server_that_is_not_there_is_asked_again() {
        Channel none = new TopicChannel(
                Clients.at(Peers.moto()),
                Peers.calls(),
                Peers.REGION,
                "arn:aws:sns:eu-central-1:123456789012:" + Peers.fresh("none"));
        assertThat(none.send(MESSAGE, Peers.soon()))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.again()).isFalse());
        Channel dead = new TopicChannel(
                Clients.at(URI.create("http://127.0.0.1:9")), Peers.calls(), Peers.REGION, "arn:aws:sns:x:1:y");
        assertThat(dead.send(MESSAGE, Peers.soon()))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.again()).isTrue());
    }
}
