package io.bascule.aws.settings;

import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.ScalarType;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.Types;
import io.bascule.planfile.keys.WrongText;
import io.bascule.planfile.problem.Code;
import java.time.Duration;
import java.util.Map;

/** Data that AWS moves by its own means. Settings: {@code region}, and the keys below. */
public abstract class DataSettings extends Means {
    private static final ScalarType<String> YES_OR_NO = Types.words(Map.of("yes", "yes", "no", "no"), "no");
    private static final Key<String> REPLICATION = Key.of(
                    "task",
                    Shared.arn(
                            "a replication task's ARN",
                            "dms",
                            "arn:aws:dms:eu-central-1:123456789012:task:2PVREMWNPGYJCVU2IBPTOYTIV4"),
                    "The replication task.")
            .required();
    private static final Key<Duration> MAX_LAG = Key.of(
                    "max-lag",
                    Types.DURATION,
                    "The highest latency, of source and target, in the newest three minutes.")
            .orElse("5s");
    private static final Key<String> VALIDATED = Key.of(
                    "validated",
                    YES_OR_NO,
                    "Whether every table must be validated by DMS; no where the tables are compared otherwise.")
            .orElse("yes");
    private static final Key<String> DRAINED = Key.of(
                    "drained",
                    YES_OR_NO,
                    "Whether also no change may wait to be applied, in a minute that began after it was asked.")
            .orElse("no");

    private DataSettings(Role role, String adapter, Section keys) {
        super(role, adapter, keys);
    }

    /** {@code check: { dms: { task: …, region: …, max-lag: 5s } }}. */
    public static final class ReplicationCheck extends DataSettings {
        public ReplicationCheck() {
            super(
                    Role.PROBE,
                    "dms",
                    Section.of(
                            "whether a replication of DMS has caught up",
                            REPLICATION,
                            Shared.REGION,
                            MAX_LAG,
                            DRAINED,
                            VALIDATED));
        }
    }

    /** {@code sync: { dms: { task: …, region: …, max-lag: 5s } }}. */
    public static final class ReplicationStop extends DataSettings {
        public ReplicationStop() {
            super(
                    Role.SWITCH,
                    "dms",
                    Section.of(
                            "a replication of DMS that is stopped when everything has arrived",
                            REPLICATION,
                            Shared.REGION,
                            MAX_LAG,
                            VALIDATED));
        }
    }

    /** {@code sync: { blue-green: { deployment: …, region: …, at-most: 5m } }}. */
    public static final class BlueGreen extends DataSettings {
        private static final ScalarType<Duration> AT_MOST = ScalarType.text(
                Code.DURATION,
                "a duration from 30s to 1h",
                "5m",
                "^(?=.)(\\d{1,2}m)?(\\d{1,4}s)?$|^1h$",
                BlueGreen::atMost,
                Duration::toString,
                Duration.ofMinutes(5));

        private static Duration atMost(String text) throws WrongText {
            Duration found = Types.duration(text);
            if (found.compareTo(Duration.ofSeconds(30)) < 0 || found.compareTo(Duration.ofHours(1)) > 0) {
                throw WrongText.because("AWS takes 30s to 1h here");
            }
            return found;
        }

        public BlueGreen() {
            super(
                    Role.SWITCH,
                    "blue-green",
                    Section.of(
                            "a blue/green deployment of RDS",
                            Key.of(
                                            "deployment",
                                            Shared.text(
                                                    "a blue/green deployment's id",
                                                    "bgd-v53303651eexfake",
                                                    "^bgd-[a-z0-9]{1,60}$"),
                                            "The deployment; AWS switches it once, and not back.")
                                    .required(),
                            Shared.REGION,
                            Key.of("at-most", AT_MOST, "How long AWS may take; what takes longer it undoes by itself.")
                                    .orElse("5m")));
        }

        @Override
        public boolean reversible() {
            return false;
        }
    }

    /** {@code check: { snapshot: { of: …, region: …, not-older-than: 24h } }}. */
    public static final class SnapshotCheck extends DataSettings {
        private static final ScalarType<String> ID =
                Shared.text("a database's or cluster's id", "shop-db", "^[A-Za-z][A-Za-z0-9-]{0,62}$");

        public SnapshotCheck() {
            super(
                    Role.PROBE,
                    "snapshot",
                    Section.of(
                            "a snapshot of RDS",
                            Key.of("of", ID, "The database or cluster that it is a snapshot of.")
                                    .required(),
                            Key.of(
                                            "kind",
                                            Types.words(
                                                    Map.of("instance", "instance", "cluster", "cluster"), "instance"),
                                            "Whether that is a database instance or a cluster.")
                                    .orElse("instance"),
                            Shared.REGION,
                            Key.of("not-older-than", Types.DURATION, "How old the newest available one may be.")
                                    .orElse("24h"),
                            Key.of(
                                    "restored-as",
                                    ID,
                                    "A database or cluster that must be available and have been restored from such a snapshot.")));
        }
    }

    /** {@code sync: { datasync: { task: …, region: …, verify: yes } }}. */
    public static final class Files extends DataSettings {
        public Files() {
            super(
                    Role.CARRY,
                    "datasync",
                    Section.of(
                            "files that DataSync carries",
                            Key.of(
                                            "task",
                                            Shared.arn(
                                                    "a DataSync task's ARN",
                                                    "datasync",
                                                    "arn:aws:datasync:eu-central-1:123456789012:task/task-08de6e6697796f026"),
                                            "The task that is executed; where one of its executions runs, that is waited for first.")
                                    .required(),
                            Shared.REGION,
                            Key.of("verify", YES_OR_NO, "Whether DataSync itself must have verified what it carried.")
                                    .orElse("yes")));
        }
    }
}
