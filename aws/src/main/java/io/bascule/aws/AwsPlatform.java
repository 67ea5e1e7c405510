package io.bascule.aws;

import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.capacity.Capacities;
import io.bascule.aws.configure.Configurations;
import io.bascule.aws.data.DataMeans;
import io.bascule.aws.detect.Detectors;
import io.bascule.aws.name.HealthCheckExistence;
import io.bascule.aws.name.HealthCheckProbe;
import io.bascule.aws.name.NameRouter;
import io.bascule.aws.numbers.Series;
import io.bascule.aws.people.DashboardChannel;
import io.bascule.aws.people.MailChannel;
import io.bascule.aws.people.TopicChannel;
import io.bascule.aws.traffic.LoadBalancerRouter;
import io.bascule.aws.traffic.TargetChecks;
import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Entrance;
import io.bascule.core.plan.Settings;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Adapters;
import io.bascule.core.port.Channel;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Detection;
import io.bascule.core.port.Platform;
import io.bascule.core.port.Probe;
import io.bascule.core.port.TrafficRouter;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** AWS as one plan uses it. Safe for threads. */
final class AwsPlatform implements Platform {
    private final CutoverPlan plan;
    private final Clients clients;
    private final Calls calls;
    private final Map<String, NameRouter> names = new ConcurrentHashMap<>();

    AwsPlatform(CutoverPlan plan, String run, InstantSource clock) {
        this.plan = plan;
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
        Settings means = configure.means();
        return switch (means.adapter()) {
            case "health-check" -> new HealthCheckExistence(means, plan.entrances(), clients, calls);
            case "auto-scaling", "ecs" -> Capacities.least(means, clients, calls);
            default -> Configurations.of(configure, clients, calls);
        };
    }

    @Override
    public Actuator capacity(Side side, Settings means) {
        return Capacities.capacity(means, clients, calls);
    }

    @Override
    public Actuator existence(Side side, Settings means) {
        return Capacities.existence(means, clients, calls);
    }

    @Override
    public Probe probe(Settings means) {
        return switch (means.adapter()) {
            case "drained", "healthy" -> TargetChecks.of(means, clients, calls);
            case "health-check" -> new HealthCheckProbe(means, clients, calls);
            default -> DataMeans.probe(means, clients, calls);
        };
    }

    @Override
    public Actuator switchOver(Settings means) {
        return DataMeans.switchOver(means, clients, calls);
    }

    @Override
    public Channel channel(Settings means) {
        String region = means.need("region");
        return switch (means.adapter()) {
            case "sns" -> new TopicChannel(clients, calls, region, means.need("topic"));
            case "dashboard" -> new DashboardChannel(clients, calls, region, means.need("name"), series());
            default ->
                new MailChannel(
                        clients,
                        calls,
                        region,
                        means.need("from"),
                        List.of(means.need("to").split("[ ,]+")));
        };
    }

    private Map<String, Series> series() {
        Map<String, Series> series = new LinkedHashMap<>();
        for (Entrance entrance : plan.entrances()) {
            switch (entrance.router().adapter()) {
                case "elb" -> series.put(entrance.name(), LoadBalancerRouter.series(entrance.router()));
                case "route-53" -> series.put(entrance.name(), NameRouter.series(entrance.router()));
                default -> {}
            }
        }
        return series;
    }

    @Override
    public List<Detection> detect(Deadline deadline) {
        return new Detectors(plan, clients, calls, this::name).detect(deadline);
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
