package io.bascule.aws.data;

import io.bascule.core.json.Json;
import io.bascule.core.json.JsonException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.cloudtrail.model.Event;

/** What CloudTrail's entries say a database was made of: RDS itself does not tell it of a database. Pure. */
record Restoring(boolean cluster) {
    private static final Set<String> MAKING = Set.of(
            "CreateDBInstance",
            "CreateDBInstanceReadReplica",
            "RestoreDBInstanceFromDBSnapshot",
            "RestoreDBInstanceFromS3",
            "RestoreDBInstanceToPointInTime",
            "CreateDBCluster",
            "RestoreDBClusterFromS3",
            "RestoreDBClusterFromSnapshot",
            "RestoreDBClusterToPointInTime");

    /**
     * The snapshot, if the last making of that database was the restoring of one.
     *
     * @param events newest first
     */
    Optional<String> of(String id, List<Event> events) {
        return events.stream()
                .filter(event -> event.eventName() != null && MAKING.contains(event.eventName()))
                .flatMap(event -> asked(event).stream()
                        .filter(asked -> id.equalsIgnoreCase(String.valueOf(asked.get(idKey()))))
                        .map(asked -> snapshot(event.eventName(), asked)))
                .findFirst()
                .flatMap(found -> found);
    }

    private String idKey() {
        return cluster ? "dBClusterIdentifier" : "dBInstanceIdentifier";
    }

    private Optional<String> snapshot(String name, Map<?, ?> asked) {
        Object from = switch (name) {
            case "RestoreDBInstanceFromDBSnapshot" -> asked.get("dBSnapshotIdentifier");
            case "RestoreDBClusterFromSnapshot" -> asked.get("snapshotIdentifier");
            default -> null;
        };
        // by name or by ARN; a name may have a colon of its own: rds:shop-2026-11-21
        return from instanceof String text
                ? Optional.of(
                        text.replaceFirst("^arn:.*?:(cluster-)?snapshot:", "").toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    /** What was asked for; empty where AWS refused it, or where the entry is not to be read. */
    private static Optional<Map<?, ?>> asked(Event event) {
        try {
            return event.cloudTrailEvent() != null
                            && Json.parse(event.cloudTrailEvent()) instanceof Map<?, ?> entry
                            && entry.get("errorCode") == null
                            && entry.get("requestParameters") instanceof Map<?, ?> asked
                    ? Optional.of(asked)
                    : Optional.empty();
        } catch (JsonException e) {
            return Optional.empty(); // an entry that is no JSON tells nothing
        }
    }
}
