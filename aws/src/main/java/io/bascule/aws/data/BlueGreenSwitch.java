package io.bascule.aws.data;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.OneField;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.BlueGreenDeployment;
import software.amazon.awssdk.services.rds.model.SwitchoverDetail;

/**
 * A blue/green deployment of RDS by the field {@code switched}. AWS switches it once, only while it is AVAILABLE, undoes
 * what takes too long, and never switches back. Safe for threads.
 */
final class BlueGreenSwitch extends OneField {
    private static final String FIELD = "switched";
    private static final String AVAILABLE = "AVAILABLE";
    private static final String UNDER_WAY = "SWITCHOVER_IN_PROGRESS";
    private static final String SWITCHED = "SWITCHOVER_COMPLETED";
    private final String id;
    private final Duration atMost;

    /** @param atMost how long AWS may take before it undoes what it has done */
    BlueGreenSwitch(Clients clients, Calls calls, String region, String id, Duration atMost) {
        super(clients, calls, region, Set.of(FIELD));
        this.id = id;
        this.atMost = atMost;
    }

    @Override
    protected String fault(Image wanted) {
        return switch (wanted.get(FIELD)) {
            case "yes" -> super.fault(wanted);
            case "no" -> "AWS does not switch back; the database as it was keeps running, its name ends in -old1";
            default -> "a deployment is switched or not: yes, no";
        };
    }

    @Override
    protected Call<Found<BlueGreenDeployment>> read(Deadline deadline) {
        Call<List<BlueGreenDeployment>> all = calls.send(
                        deadline,
                        within -> clients.databases(region)
                                .describeBlueGreenDeployments(get ->
                                        get.blueGreenDeploymentIdentifier(id).overrideConfiguration(within)))
                .map(answer -> answer.blueGreenDeployments().stream()
                        .filter(each -> id.equals(each.blueGreenDeploymentIdentifier()))
                        .toList());
        return Call.first(all, "there is no blue/green deployment " + id).then(BlueGreenSwitch::found);
    }

    private static Call<Found<BlueGreenDeployment>> found(BlueGreenDeployment told) {
        String status = text(told.status());
        if (status.isEmpty() || status.equals("DELETING")) {
            return new Call.Rejected<>("", "whether it was switched is not told: status " + status, false);
        }
        Image image = Image.of(FIELD, status.equals(SWITCHED) ? "yes" : "no")
                .withContext("status", status)
                .withContext("source", text(told.source()))
                .withContext("target", text(told.target()));
        return new Call.Answered<>(new Found<>(image, told, status.equals(UNDER_WAY) ? status : ""));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** What keeps it from being switched, or nothing. */
    static String against(BlueGreenDeployment told) {
        String status = text(told.status());
        if (!status.equals(AVAILABLE)) {
            String details = text(told.statusDetails());
            return "it is " + status + (details.isEmpty() ? "" : ": " + details);
        }
        List<String> members = told.switchoverDetails().stream()
                .filter(each -> !AVAILABLE.equals(each.status()))
                .map(BlueGreenSwitch::member)
                .toList();
        return String.join(", ", members);
    }

    private static String member(SwitchoverDetail detail) {
        return text(detail.targetMember()) + " is " + text(detail.status());
    }

    @Override
    protected Outcome write(Found<?> found, Image wanted, Deadline deadline) {
        String against = against((BlueGreenDeployment) found.value());
        if (!against.isEmpty()) {
            return new Outcome.Refused("not switched: " + against, false);
        }
        return calls.send(
                        deadline,
                        within -> clients.databases(region)
                                .switchoverBlueGreenDeployment(start -> start.blueGreenDeploymentIdentifier(id)
                                        .switchoverTimeout((int) atMost.toSeconds())
                                        .overrideConfiguration(within)))
                .outcome(_ -> "switching");
    }

    /** Also what would keep it from being switched is told before GO, but for what comes by itself. */
    @Override
    protected Authority mayChange(Found<?> found, Deadline deadline) {
        BlueGreenDeployment told = (BlueGreenDeployment) found.value();
        String status = found.image().context().getOrDefault("status", "");
        return switch (status) {
            case SWITCHED, UNDER_WAY -> new Authority.Granted();
            case AVAILABLE -> simulated("rds:SwitchoverBlueGreenDeployment", arn(told), deadline);
            case "PROVISIONING" -> new Authority.Untold("it is PROVISIONING");
            default -> new Authority.Denied(against(told));
        };
    }

    /** {@code arn:aws:rds:REGION:ACCOUNT:deployment:ID}, from its database's. */
    private String arn(BlueGreenDeployment told) {
        String[] parts = text(told.source()).split(":", 7);
        return parts.length < 6 ? "*" : String.join(":", List.of(parts).subList(0, 5)) + ":deployment:" + id;
    }
}
