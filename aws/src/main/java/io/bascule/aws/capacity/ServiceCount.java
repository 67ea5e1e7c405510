package io.bascule.aws.capacity;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.OneField;
import io.bascule.aws.api.Simulation;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.Service;

/** How many tasks a service of ECS is to have, by the field {@code amount}. Safe for threads. */
final class ServiceCount extends OneField {
    private final Clients clients;
    private final String region;
    private final String cluster;
    private final String service;

    ServiceCount(Clients clients, Calls calls, String region, String cluster, String service) {
        super(calls, Set.of("amount"));
        this.clients = clients;
        this.region = region;
        this.cluster = cluster;
        this.service = service;
    }

    @Override
    protected String fault(Image wanted) {
        return wanted.get("amount").matches("\\d{1,6}") ? super.fault(wanted) : "an amount is a whole number";
    }

    @Override
    protected Call<Found<Service>> read(Deadline deadline) {
        Call<List<Service>> call = calls.send(
                        deadline,
                        within -> clients.services(region)
                                .describeServices(get ->
                                        get.cluster(cluster).services(service).overrideConfiguration(within)))
                .map(answer -> answer.services().stream()
                        .filter(each -> !"INACTIVE".equals(each.status()))
                        .toList());
        if (call instanceof Call.Answered<List<Service>>(var found) && found.isEmpty()) {
            return new Call.Rejected<>("", "there is no service " + service + " in " + cluster, false);
        }
        return call.map(found -> new Found<>(image(found.getFirst()), found.getFirst()));
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
                                        .desiredCount(Integer.parseInt(wanted.get("amount")))
                                        .overrideConfiguration(within)))
                .outcome(_ -> "");
    }

    @Override
    protected Authority mayChange(Found<?> found, Deadline deadline) {
        return new Simulation(clients, calls, region)
                .ask(List.of("ecs:UpdateService"), ((Service) found.value()).serviceArn(), false, deadline);
    }
}
