package io.bascule.core.port;

import io.bascule.core.plan.Settings;
import io.bascule.core.plan.Side;
import java.util.List;

/**
 * The world as one plan sees it: every port that the plan needs, each by its name in the plan. The durable engine is
 * handed real ones, the simulator and {@code rehearse} twins.
 */
public interface Adapters {
    TrafficRouter router(String entrance);

    MetricSource metrics(String from);

    HealthProbe health(Side side);

    DataCarrier carrier(String dataset);

    WriterControl writer(String name);

    /** The {@code CONFIGURATION} resource of that name. */
    Actuator configuration(String name);

    /** The {@code DNS} resource of an entrance. */
    Actuator dns(String entrance);

    Actuator capacity(Side side);

    Actuator existence(Side side);

    /** The {@code SWITCH} resource of a step. */
    Actuator switchOver(String step);

    /** Answers a check, or carries for a sync, by that means. */
    Probe probe(Settings means);

    BackupStore backup(String dataset);

    ScriptRunner scripts();

    LoadDriver load();

    RunHistory history();

    /** What stands against this plan before anything is changed, as far as the platforms tell. Read-only. */
    List<Detection> detect(Deadline deadline);

    /** Where figures from these adapters are won. */
    Evidence evidence();

    /** Where a figure was won; printed beside it. */
    enum Evidence {
        SIMULATED,
        STAGING,
        THIS_PLATFORM
    }
}
