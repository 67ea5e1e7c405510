package io.bascule.aws.capacity;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.Service;

/** How many tasks a service of ECS is to have, by the field {@code amount}. Safe for threads. */
final class ServiceCount extends Count {
    private final String cluster;
    private final String service;

    ServiceCount(Clients clients, Calls calls, String region, String cluster, String service) {
        super(clients, calls, region);
        this.cluster = cluster;
        this.service = service;
    }

    @Override
    protected Call<Found<Service>> read(Deadline deadline) {
        return service(clients, calls, region, cluster, service, deadline)
                .map(found -> new Found<>(image(found), found));
    }

    /** The service as it is now. */
    static Call<Service> service(
            Clients clients, Calls calls, String region, String cluster, String service, Deadline deadline) {
        Call<List<Service>> all = calls.send(
                        deadline,
                        within -> clients.services(region)
                                .describeServices(get ->
                                        get.cluster(cluster).services(service).overrideConfiguration(within)))
                .map(answer -> answer.services().stream()
                        .filter(each -> !"INACTIVE".equals(each.status()))
                        .toList());
        return Call.first(all, "there is no service " + service + " in " + cluster);
    }

    private static Image image(Service found) {
        return Image.of("amount", "" + found.desiredCount())
                .withContext("running", "" + found.runningCount())
                .withContext("status", "" + found.status());
    }

    @Override
    protected Outcome write(Found<?> found, Image wanted, Deadline deadline) {
        return calls.send(
                        deadline,
                        within -> clients.services(region)
                                .updateService(set -> set.cluster(cluster)
                                        .service(service)
                                        .desiredCount(amount(wanted))
                                        .overrideConfiguration(within)))
                .outcome(_ -> "");
    }

    @Override
    protected Authority mayChange(Found<?> found, Deadline deadline) {
        return simulated("ecs:UpdateService", ((Service) found.value()).serviceArn(), deadline);
    }
}
