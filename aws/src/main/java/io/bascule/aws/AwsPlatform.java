package io.bascule.aws;

import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.configure.Configurations;
import io.bascule.aws.name.NameRouter;
import io.bascule.aws.people.MailChannel;
import io.bascule.aws.people.TopicChannel;
import io.bascule.aws.traffic.LoadBalancerRouter;
import io.bascule.core.plan.Action;
import io.bascule.core.plan.Entrance;
import io.bascule.core.plan.Settings;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Adapters;
import io.bascule.core.port.Channel;
import io.bascule.core.port.Platform;
import io.bascule.core.port.TrafficRouter;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** AWS as one plan uses it. Safe for threads. */
final class AwsPlatform implements Platform {
    private final Clients clients;
    private final Calls calls;
    private final Map<String, NameRouter> names = new ConcurrentHashMap<>();

    AwsPlatform(String run, InstantSource clock) {
        this.clients = new Clients(run);
        this.calls = new Calls(clock);
    }

    @Override
    public TrafficRouter router(Entrance entrance) {
        return entrance.router().adapter().equals("elb")
                ? new LoadBalancerRouter(entrance, clients, calls)
                : name(entrance);
    }

    private NameRouter name(Entrance entrance) {
        return names.computeIfAbsent(entrance.name(), _ -> NameRouter.of(entrance, clients, calls));
    }

    @Override
    public Actuator dns(Entrance entrance) {
        return name(entrance).preparation();
    }

    @Override
    public Actuator configuration(Action.Configure configure) {
        return Configurations.of(configure, clients, calls);
    }

    @Override
    public Channel channel(Settings means) {
        String region = means.need("region");
        return means.adapter().equals("sns")
                ? new TopicChannel(clients, calls, region, means.need("topic"))
                : new MailChannel(
                        clients,
                        calls,
                        region,
                        means.need("from"),
                        List.of(means.need("to").split("[ ,]+")));
    }

    @Override
    public Adapters.Evidence evidence() {
        return Clients.evidence(System.getenv());
    }

    @Override
    public void close() {
        clients.close();
    }
}
