import static io.gatling.javaapi.core.CoreDsl.constantConcurrentUsers;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/** Gatling, closed model; what it loads, with how many users and for how long are system properties. */
public final class GatlingPeer extends Simulation {
    {
        var seconds = Duration.ofSeconds(Integer.getInteger("peer.seconds"));
        var users = scenario("users").during(seconds).on(exec(http("get").get("/")));
        setUp(users.injectClosed(constantConcurrentUsers(Integer.getInteger("peer.users"))
                        .during(Duration.ofSeconds(1))))
                .protocols(http.baseUrl(System.getProperty("peer.url")).shareConnections())
                .maxDuration(seconds);
    }
}
