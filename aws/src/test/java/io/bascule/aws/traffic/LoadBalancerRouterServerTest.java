package io.bascule.aws.traffic;

import io.bascule.aws.StandInConformance;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Peers;
import io.bascule.core.plan.Entrance;
import io.bascule.core.plan.Settings;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Change;
import io.bascule.core.port.Image;
import io.bascule.core.port.Reading;
import io.bascule.core.port.TrafficRouter;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** The router of a rule: weights at moto, figures at ministack, users and their sides by a stand-in. */
@Tag("server")
class LoadBalancerRouterServerTest extends StandInConformance {
    private final TestListener world = new TestListener();
    private LoadBalancerRouter router;

    @BeforeEach
    void attach() throws Exception {
        world.register(world.source, "10.0.0.1");
        world.register(world.target, "10.0.0.2");
        int port = standIn.serve("127.0.0.1", 0, standIn::next);
        Entrance entrance = entrance("elb", settings(), "http://127.0.0.1:" + port);
        router = new LoadBalancerRouter(entrance, new Clients(""), Peers.calls());
        Image found = ((Reading.Seen) router.weights().observe(Peers.soon())).image();
        Image wanted = Image.of("source", "10000", "target", "0");
        var _ = router.weights()
                .apply(new Change("run/attach/forward/1", Peers.soon().at(), found, wanted), Peers.soon());
    }

    private Map<String, String> settings() {
        return Map.of(
                "rule", world.rule, "source", world.source, "target", world.target, "side-header", "x-bascule-side");
    }

    @Override
    protected Map<String, String> dimensions(Side side) {
        return LoadBalancerRouter.dimensions(new Settings("elb", new TreeMap<>(settings())), side.word());
    }

    @Override
    protected Map<Side, Integer> weights() {
        return world.forwarding().targetGroups().stream()
                .collect(Collectors.toMap(
                        group -> group.targetGroupArn().equals(world.source) ? Side.SOURCE : Side.TARGET,
                        group -> group.weight(),
                        Integer::sum,
                        TreeMap::new));
    }

    @Override
    protected TrafficRouter router() {
        return router;
    }
}
