package io.bascule.aws.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Peers;
import io.bascule.core.json.Json;
import io.bascule.core.port.Channel;
import io.bascule.core.port.Message;
import io.bascule.core.port.Outcome;
import io.bascule.testkit.ChannelConformance;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Messages against moto, which delivers to those who have subscribed, and keeps dashboards. */
@Tag("server")
class ChannelServerTest {
    private static final Message MESSAGE = new Message("run/1/team", "team", "ana", "subject", "body", "you asked");

    @Nested
    class Topics extends ChannelConformance {
        private final Clients clients = Clients.at(Peers.moto());
        private final String topic = clients.topics(Peers.REGION)
                .createTopic(create -> create.name(Peers.fresh("topic")))
                .topicArn();
        private final List<String> delivered = new CopyOnWriteArrayList<>();
        private HttpServer subscriber;

        /** Somebody who has subscribed to the topic: moto delivers before it answers. */
        @BeforeEach
        void subscribe() throws IOException {
            subscriber = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            subscriber.createContext("/", exchange -> {
                Object notification =
                        Json.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                if (notification instanceof Map<?, ?> map && "Notification".equals(map.get("Type"))) {
                    delivered.add(map.get("Subject") + "\n" + map.get("Message"));
                }
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            subscriber.start();
            String at = "http://127.0.0.1:" + subscriber.getAddress().getPort() + "/";
            assertThat(clients.topics(Peers.REGION)
                            .subscribe(each ->
                                    each.topicArn(topic).protocol("http").endpoint(at))
                            .subscriptionArn())
                    .isNotBlank();
        }

        @AfterEach
        void leave() {
            subscriber.stop(0);
        }

        @Override
        protected Channel channel() {
            return new TopicChannel(clients, Peers.calls(), Peers.REGION, topic);
        }

        @Override
        protected List<String> arrived() {
            return List.copyOf(delivered);
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
