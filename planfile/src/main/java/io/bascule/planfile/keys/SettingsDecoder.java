package io.bascule.planfile.keys;

import io.bascule.core.plan.Settings;
import java.util.Optional;
import java.util.Set;

/**
 * An adapter's own section of the plan file: its table of keys, and how the values become {@link Settings}. Found by
 * {@link java.util.ServiceLoader}; one found there takes the place of a built-in one of the same role and name.
 * Implementations are stateless.
 */
public interface SettingsDecoder {

    /** What adapters of a plan do. */
    enum Role {
        /** Moves an entrance's traffic; its keys stand beside the entrance's own. */
        ROUTER,
        /** Carries a dataset; its keys stand beside {@code kind} and {@code way-back}. */
        CARRIER,
        /** Changes an application's configuration. */
        CONFIGURATION,
        /** Carries messages. */
        CHANNEL,
        /** Pauses and starts a job that runs on one side; its keys stand beside {@code run-on}. */
        SINGLETON,
        /** Sends recorded requests again. */
        REPLAY,
        /** Answers a check. */
        PROBE,
        /** Carries for a sync what no way back has to undo. */
        CARRY,
        /** Is switched over for a sync by the platform itself. */
        SWITCH,
        /** Changes a side's capacity. */
        CAPACITY,
        /** Removes a side. */
        EXISTENCE
    }

    Role role();

    /** The word in plan files; unique in its role. */
    String adapter();

    /** The table of the adapter's keys. A key of the same name as one of the plan's own at that place replaces it. */
    Section keys();

    /** The key that is meant where the adapter's name is followed by a single value; only for roles without own keys. */
    default Optional<Key<?>> main() {
        return Optional.empty();
    }

    /** For {@link Role#SWITCH}: whether it can be switched back. */
    default boolean reversible() {
        return true;
    }

    /** For {@link Role#CONFIGURATION}: the fields that a step may set; empty where they are the configuration's own. */
    default Set<String> fields() {
        return Set.of();
    }

    /** For {@link Role#CONFIGURATION}: whether a state of it can end by itself, as everything inside a freeze must. */
    default boolean leases() {
        return true;
    }

    /** Tells what is wrong with values of which each by itself is right: keys that need or exclude one another. */
    default void check(Values values, Context context) {}

    /** The settings of values that were read without a problem. */
    default Settings settings(Values values) {
        return new Settings(adapter(), values.flat(keys()));
    }
}
