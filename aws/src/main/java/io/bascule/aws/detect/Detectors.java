package io.bascule.aws.detect;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Inventory;
import io.bascule.aws.name.Dns;
import io.bascule.aws.name.NameRouter;
import io.bascule.aws.traffic.LoadBalancerRouter;
import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Entrance;
import io.bascule.core.plan.Settings;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Detection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One look for everything that could stand against a plan's GO on AWS, one detection for each subject. What several
 * subjects need is read once. Of one thread.
 */
public final class Detectors {
    /** Where the audit trail has what is done to names: Route 53 is everywhere, its records of calls are here. */
    private static final String NAMES_TRAIL = "us-east-1";

    private static final Set<String> CONFIGURATIONS = Set.of("parameter", "secret", "alarm");
    private static final int RECORDS_NEEDED = 10;

    /** As long as a name server is waited for. */
    private static final Duration ASKING = Duration.ofSeconds(2);

    private final CutoverPlan plan;
    private final Clients clients;
    private final Calls calls;
    private final Function<Entrance, NameRouter> names;
    private final Map<String, Inventory> inventories = new TreeMap<>();
    private final Trail trail;
    private final Dns dns;

    public Detectors(CutoverPlan plan, Clients clients, Calls calls, Function<Entrance, NameRouter> names) {
        this(plan, clients, calls, names, Dns.of(ASKING));
    }

    Detectors(CutoverPlan plan, Clients clients, Calls calls, Function<Entrance, NameRouter> names, Dns dns) {
        this.dns = dns;
        this.plan = plan;
        this.clients = clients;
        this.calls = calls;
        this.names = names;
        this.trail = new Trail(clients, calls);
    }

    public List<Detection> detect(Deadline deadline) {
        List<Looked> all = new ArrayList<>();
        for (Entrance entrance : plan.entrances()) {
            switch (entrance.router().adapter()) {
                case "elb" -> balancer(entrance, all, deadline);
                case "route-53" -> name(entrance, all, deadline);
                default -> {}
            }
        }
        plan.steps().forEach(step -> {
            if (step.action() instanceof Action.Configure configure
                    && CONFIGURATIONS.contains(configure.means().adapter())) {
                all.add(configuration(configure.means(), deadline));
            }
        });
        plan.tell().channels().forEach((channel, means) -> {
            if (means.adapter().equals("ses")) {
                all.add(new Sender(channel, means, clients, calls).look(deadline));
            }
        });
        return all.stream().map(Looked::detection).toList();
    }

    private Inventory inventory(Settings settings) {
        return inventories.computeIfAbsent(settings.need("region"), region -> new Inventory(clients, calls, region));
    }

    private void balancer(Entrance entrance, List<Looked> all, Deadline deadline) {
        Settings router = entrance.router();
        Inventory inventory = inventory(router);
        all.add(new References(plan, entrance, inventory, deadline).ofGroup());
        Reverters reverters = new Reverters(entrance.name(), router, trail, deadline);
        String place = LoadBalancerRouter.place(router);
        reverters.tags("the rule or listener", inventory.balancerTags(place, deadline));
        References.balancerOf(router)
                .ifPresent(balancer -> reverters.tags("the load balancer", inventory.balancerTags(balancer, deadline)));
        reverters.lastWriter("the rule or listener", router.need("region"), place);
        all.add(reverters.looked());
        Map<String, String> source = LoadBalancerRouter.dimensions(router, Side.SOURCE.word());
        all.add(new Room(plan, entrance, inventory, deadline).against(inventory.peak(source, deadline)));
        all.add(new AlarmTwins(plan, entrance).among(inventory, deadline));
    }

    private void name(Entrance entrance, List<Looked> all, Deadline deadline) {
        Settings router = entrance.router();
        Inventory inventory = inventory(router);
        String zone = router.need("zone");
        all.add(new References(plan, entrance, inventory, deadline)
                .ofName(names.apply(entrance).source(deadline)));
        Reverters reverters = new Reverters(entrance.name(), router, trail, deadline);
        reverters.tags("the zone", inventory.zoneTags(zone, deadline));
        reverters.ownership(router.need("record"), inventory.records(zone, deadline));
        reverters.lastWriter("the zone", NAMES_TRAIL, zone);
        all.add(reverters.looked());
        all.add(new Delegation(entrance, inventory, dns, deadline).looked());
        all.add(roomInZone(entrance, inventory.roomInZone(zone, deadline)));
        all.add(new AlarmTwins(plan, entrance).among(inventory, deadline));
    }

    private static Looked roomInZone(Entrance entrance, Call<Long> call) {
        Looked looked = new Looked("capacity " + entrance.name(), entrance.router());
        switch (call) {
            case Call.Answered<Long>(Long left) -> {
                looked.saw("room for " + left + " more record sets in the zone");
                if (left < RECORDS_NEEDED) {
                    looked.found("quota", "the zone takes only " + left + " more record sets");
                }
            }
            case Call<Long> other -> looked.unknown("the zone's limit of record sets", other.why());
        }
        return looked;
    }

    private Looked configuration(Settings means, Deadline deadline) {
        Reverters reverters = new Reverters(means.need("name"), means, trail, deadline);
        reverters.tags(means.adapter(), inventory(means).tags(means, deadline));
        reverters.lastWriter(means.adapter(), means.need("region"), means.need("name"));
        return reverters.looked();
    }
}
