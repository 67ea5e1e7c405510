package io.bascule.core.plan;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a step does. The kinds are closed: the core knows them all; by what means is open and lives in {@link Settings}. */
public sealed interface Action {

    /** The kind's word in plan files. */
    String kind();

    /** The platform's means that does it, where the plan names one. */
    default Optional<Settings> by() {
        return switch (this) {
            case Probe probe -> Optional.of(probe.means());
            case SwitchOver over -> Optional.of(over.means());
            case Configure configure -> Optional.of(configure.means());
            case Capacity capacity -> Optional.of(capacity.means());
            case Decommission decommission -> Optional.of(decommission.means());
            default -> Optional.empty();
        };
    }

    /** Asks an application for a page and expects a status: read-only. */
    record Check(Set<Side> sides, String path, int expectStatus) implements Action {
        public Check {
            sides = Set.copyOf(sides);
        }

        @Override
        public String kind() {
            return "check";
        }
    }

    /**
     * Asks by a means of a platform's; read-only.
     *
     * @param carries in a {@code sync}: it may also do work that no way back has to undo (carry files over)
     */
    record Probe(Settings means, boolean carries) implements Action {
        @Override
        public String kind() {
            return carries ? "sync" : "check";
        }
    }

    /**
     * Has a platform switch over by itself: a replication stopped where everything has arrived, a blue/green deployment.
     *
     * @param reversible whether the platform can be told to switch back
     */
    record SwitchOver(Settings means, boolean reversible) implements Action {
        @Override
        public String kind() {
            return "sync";
        }
    }

    /** Takes a backup of a dataset's source and proves it by restoring it into a scratch store. */
    record Backup(String dataset, String restoreInto) implements Action {
        @Override
        public String kind() {
            return "backup";
        }
    }

    /** Lowers a name's TTL ahead and waits the old one out. */
    record PrepareDns(String entrance, Duration timeToLive) implements Action {
        @Override
        public String kind() {
            return "prepare-dns";
        }
    }

    /** Sends load to sides directly, past the entrances, and holds it against objectives. */
    record Load(Set<Side> sides, double ratePerSecond, Duration lasts, List<Limit> objectives) implements Action {
        public Load {
            sides = Set.copyOf(sides);
            objectives = List.copyOf(objectives);
        }

        @Override
        public String kind() {
            return "load";
        }
    }

    /** Sends recorded safe requests to both sides, all of them within {@code lasts}, and compares the answers. */
    record Replay(Settings means, Duration lasts) implements Action {
        @Override
        public String kind() {
            return "replay";
        }
    }

    /** Records a baseline ({@code recordFor} set), or holds the last such stretch against objectives. */
    record Judge(Optional<Duration> recordFor, List<Limit> objectives, boolean againstBaseline) implements Action {
        public Judge {
            objectives = List.copyOf(objectives);
        }

        @Override
        public String kind() {
            return "judge";
        }
    }

    /** Fences every writer under a lease that ends by itself. */
    record Freeze(Duration atMost, Duration expected) implements Action {
        @Override
        public String kind() {
            return "freeze";
        }
    }

    /** Brings the target's copy of a dataset up to the fenced source. */
    record Sync(String dataset) implements Action {
        @Override
        public String kind() {
            return "sync";
        }
    }

    /** Compares both copies of a dataset row by row. */
    record CompareData(String dataset) implements Action {
        @Override
        public String kind() {
            return "compare-data";
        }
    }

    /** Starts to capture the target's writes for the source's copy. */
    record ReverseOn(String dataset) implements Action {
        @Override
        public String kind() {
            return "reverse-on";
        }
    }

    /** Gives the way back for data up: irreversible. */
    record ReverseOff(String dataset) implements Action {
        @Override
        public String kind() {
            return "reverse-off";
        }
    }

    /**
     * Sets owned fields of an application's configuration.
     *
     * @param name what is configured, unique per step target ({@code source/app.properties})
     * @param side whose application reads it
     * @param set the owned fields and their wanted values
     * @param connects the dataset and the side of its store that the application will use, when a value names one
     */
    record Configure(
            Settings means, String name, Side side, SortedMap<String, String> set, Optional<Connection> connects)
            implements Action {
        public Configure {
            set = Collections.unmodifiableSortedMap(new TreeMap<>(set));
        }

        @Override
        public String kind() {
            return "configure";
        }
    }

    /** Which side's store of a dataset an application is configured to, and by which field. */
    record Connection(String dataset, Side store, String field) {}

    /** Makes the target's database the one that accepts writes, and lets parked writes go. */
    record Release(Duration soak) implements Action {
        @Override
        public String kind() {
            return "release";
        }
    }

    /** Moves users in stages at every entrance named. */
    record Shift(List<String> entrances, List<ShiftStage> stages) implements Action {
        public Shift {
            entrances = List.copyOf(entrances);
            stages = List.copyOf(stages);
        }

        @Override
        public String kind() {
            return "shift";
        }
    }

    /** Watches. */
    record Bake(Duration lasts) implements Action {
        @Override
        public String kind() {
            return "bake";
        }
    }

    /**
     * Runs a program of the user's.
     *
     * @param hasEffect whether it changes anything; {@code none} starts again after a crash
     * @param observe the program that reads the state, for one with an effect
     * @param undo the program that restores it
     */
    record Script(String run, boolean hasEffect, Optional<String> observe, Optional<String> undo) implements Action {
        @Override
        public String kind() {
            return "script";
        }
    }

    /** Sets an amount of capacity on a side; an undo never lowers it. */
    record Capacity(Side side, Settings means, int amount) implements Action {
        @Override
        public String kind() {
            return "capacity";
        }
    }

    /** Removes the source. Irreversible. */
    record Decommission(Settings means) implements Action {
        @Override
        public String kind() {
            return "decommission";
        }
    }
}
