package io.bascule.aws.people;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.numbers.Series;
import io.bascule.core.port.Channel;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Message;
import io.bascule.core.port.Outcome;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatch.model.PutDashboardResponse;

/**
 * A dashboard that charts both sides of every entrance and gets a mark with each thing that people are told, once however
 * many they are. There is no conditional write: what others save in the same instant may be lost, as in the console.
 */
public final class DashboardChannel implements Channel {
    private static final int KEY_PARTS = 2;
    private final Clients clients;
    private final Calls calls;
    private final String region;
    private final String name;
    private final Charts charts;

    /** @param series of each entrance, by its name */
    public DashboardChannel(Clients clients, Calls calls, String region, String name, Map<String, Series> series) {
        this.clients = clients;
        this.calls = calls;
        this.region = region;
        this.name = name;
        this.charts = new Charts(series);
    }

    @Override
    public Outcome send(Message message, Deadline deadline) {
        Call<String> call = read(deadline);
        if (!(call instanceof Call.Answered<String>(String body))) {
            return new Outcome.Refused("the dashboard could not be read: " + call.why(), true);
        }
        Optional<String> marked = charts.marked(
                body,
                message.subject() + " (" + entry(message.key()) + ")",
                message.body(),
                calls.clock().instant());
        return marked.isEmpty() ? new Outcome.Done("marked already") : write(marked.get(), deadline);
    }

    /** The run and its entry: the same for all who are told of it. */
    static String entry(String key) {
        String[] parts = key.split("/", KEY_PARTS + 1);
        return parts.length < KEY_PARTS ? key : parts[0] + "/" + parts[1];
    }

    private Call<String> read(Deadline deadline) {
        Call<String> call = calls.send(
                        deadline,
                        within -> clients.cloudWatch(region)
                                .getDashboard(get -> get.dashboardName(name).overrideConfiguration(within)))
                .map(answer -> answer.dashboardBody());
        boolean none = call instanceof Call.Rejected<String> rejected
                && (rejected.code().contains("NotFound") || rejected.code().equals("ResourceNotFound"));
        return none ? new Call.Answered<>("") : call;
    }

    private Outcome write(String body, Deadline deadline) {
        Call<PutDashboardResponse> call = calls.send(
                deadline,
                within -> clients.cloudWatch(region)
                        .putDashboard(put ->
                                put.dashboardName(name).dashboardBody(body).overrideConfiguration(within)));
        return call.outcome(answer -> answer.dashboardValidationMessages().size() + " remarks");
    }
}
