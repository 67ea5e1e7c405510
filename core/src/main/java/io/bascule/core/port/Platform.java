package io.bascule.core.port;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.Entrance;
import io.bascule.core.plan.Settings;
import io.bascule.core.plan.Side;
import java.util.List;

/**
 * One platform's adapters for one plan, by the settings that name them. A platform answers for those that its module
 * brings a section of the plan file for; asking it for another is a defect. Each is asked for once and kept. Safe for
 * threads.
 */
public interface Platform extends AutoCloseable {

    default TrafficRouter router(Entrance entrance) {
        throw none("moves traffic", entrance.router());
    }

    /** The {@code DNS} resource of an entrance. */
    default Actuator dns(Entrance entrance) {
        throw none("prepares names", entrance.router());
    }

    default Actuator configuration(Action.Configure configure) {
        throw none("configures", configure.means());
    }

    default Actuator capacity(Side side, Settings means) {
        throw none("sets capacity", means);
    }

    default Actuator existence(Side side, Settings means) {
        throw none("removes a side", means);
    }

    /** Answers a {@code check}, or carries for a {@code sync}. */
    default Probe probe(Settings means) {
        throw none("answers a check", means);
    }

    /** The {@code SWITCH} resource of a {@code sync}: what the platform itself switches over. */
    default Actuator switchOver(Settings means) {
        throw none("switches over", means);
    }

    default Channel channel(Settings means) {
        throw none("carries messages", means);
    }

    /** What stands against the plan here before anything is changed. Read-only. */
    default List<Detection> detect(Deadline deadline) {
        return List.of();
    }

    /** Where figures from here are won. */
    Adapters.Evidence evidence();

    @Override
    void close();

    private static IllegalStateException none(String does, Settings settings) {
        return new IllegalStateException("no adapter called " + settings.adapter() + " " + does);
    }
}
