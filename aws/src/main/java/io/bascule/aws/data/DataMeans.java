package io.bascule.aws.data;

import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Patience;
import io.bascule.core.plan.Settings;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Probe;
import java.time.Duration;

/** The checks, carriers of files and {@code SWITCH} resources of this module, by the adapter that a step names. */
public final class DataMeans {
    /** AWS tells figures once a minute; its APIs take a few calls a second of a whole account. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private DataMeans() {}

    public static Probe probe(Settings means, Clients clients, Calls calls) {
        String region = means.need("region");
        Patience patience = new Patience(calls.clock(), BETWEEN_LOOKS);
        return switch (means.adapter()) {
            case "dms" ->
                new ReplicationProbe(
                        new ReplicationReader(clients, calls, region, means.need("task")),
                        rule(means, isYes(means, "drained")),
                        patience);
            case "snapshot" ->
                new SnapshotProbe(
                        clients,
                        calls,
                        region,
                        new SnapshotRule(means.need("of"), Duration.parse(means.need("not-older-than"))),
                        means.need("kind").equals("cluster"),
                        means.get("restored-as").filter(id -> !id.isEmpty()));
            default -> new FileCarrier(clients, calls, region, means.need("task"), isYes(means, "verify"), patience);
        };
    }

    public static Actuator switchOver(Settings means, Clients clients, Calls calls) {
        String region = means.need("region");
        return means.adapter().equals("dms")
                ? new ReplicationStop(clients, calls, region, means.need("task"), rule(means, true))
                : new BlueGreenSwitch(
                        clients, calls, region, means.need("deployment"), Duration.parse(means.need("at-most")));
    }

    private static ReplicationRule rule(Settings means, boolean drained) {
        return new ReplicationRule(Duration.parse(means.need("max-lag")), drained, isYes(means, "validated"));
    }

    private static boolean isYes(Settings means, String key) {
        return means.need(key).equals("yes");
    }
}
