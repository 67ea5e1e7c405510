package io.bascule.aws.traffic;

import io.bascule.aws.StandIn;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Peers;
import io.bascule.core.plan.Entrance;
import io.bascule.core.plan.Settings;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Reading;
import io.bascule.core.port.TrafficRouter;
import io.bascule.testkit.TrafficRouterConformance;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** The router of a rule: weights at moto, figures at ministack, users and their sides by a stand-in. */
@Tag("server")
class LoadBalancerRouterServerTest extends TrafficRouterConformance {
    private final TestListener world = new TestListener();
    private final StandIn standIn =
            new StandIn(side -> LoadBalancerRouter.dimensions(settings(""), side.word()), this::weights);
    private LoadBalancerRouter router;

    @BeforeEach
    void attach() throws Exception {
        world.register(world.source, "10.0.0.1");
        world.register(world.target, "10.0.0.2");
        int port = standIn.serve("127.0.0.1", 0, standIn::next);
        Entrance entrance = new Entrance(
                "web",
                settings(standIn.namespace()),
                "http://127.0.0.1:" + port,
                60,
                Set.of(),
                Entrance.FreezeMode.REJECT,
                0,
                1);
        router = new LoadBalancerRouter(entrance, new Clients(""), Peers.calls());
        Image found = ((Reading.Seen) router.weights().observe(soon())).image();
        Image wanted = Image.of("source", "10000", "target", "0");
        var _ = router.weights().apply(new Change("run/attach/forward/1", soon().at(), found, wanted), soon());
    }

    @AfterEach
    void stop() {
        standIn.close();
    }

    private Settings settings(String namespace) {
        return Settings.of(
                "elb",
                "region",
                Peers.REGION,
                "rule",
                world.rule,
                "source",
                world.source,
                "target",
                world.target,
                "side-header",
                "x-bascule-side",
                "numbers.namespace",
                namespace,
                "numbers.requests",
                "RequestCount",
                "numbers.failed",
                "HTTPCode_Target_5XX_Count",
                "numbers.latency",
                "TargetResponseTime",
                "numbers.unit",
                "seconds",
                "numbers.period",
                "PT1S",
                "numbers.delay",
                "PT0S");
    }

    private Map<Side, Integer> weights() {
        return world.forwarding().targetGroups().stream()
                .collect(Collectors.toMap(
                        group -> group.targetGroupArn().equals(world.source) ? Side.SOURCE : Side.TARGET,
                        group -> group.weight(),
                        Integer::sum,
                        TreeMap::new));
    }

    private static Deadline soon() {
        return Deadline.after(Instant.now(), Duration.ofSeconds(10));
    }

    @Override
    protected TrafficRouter router() {
        return router;
    }

    @Override
    protected void usersRead(int requests) throws Exception {
        standIn.usersRead(requests);
    }

    @Override
    protected void pass(Duration time) throws Exception {
        Thread.sleep(time);
        StandIn.nextSecond();
    }

    @Override
    protected void userWrites() {
        throw new UnsupportedOperationException("writes cannot be kept back here");
    }

    @Override
    protected long writesAccepted() {
        throw new UnsupportedOperationException("writes cannot be kept back here");
    }

    @Override
    protected boolean parks() {
        return false;
    }

    @Override
    protected boolean keepsWritesBack() {
        return false;
    }

    @Override
    protected boolean leasesWeights() {
        return false;
    }
}
