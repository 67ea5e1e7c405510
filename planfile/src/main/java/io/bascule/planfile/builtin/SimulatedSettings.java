package io.bascule.planfile.builtin;

import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.SettingsDecoder;
import io.bascule.planfile.keys.Types;
import java.util.Optional;

/**
 * The simulated platform, in each role. It needs no settings; those that the embedded adapters have may stay, so that a
 * plan can be tried by changing one word.
 */
public abstract class SimulatedSettings implements SettingsDecoder {
    private static final Key<String> NAME = Key.of("name", Types.PLAIN, "What the simulated thing is called.");
    private final Role role;
    private final Section section;

    private SimulatedSettings(Role role, Key<?>... keys) {
        this.role = role;
        this.section = Section.of("the simulated platform", keys);
    }

    @Override
    public Role role() {
        return role;
    }

    @Override
    public String adapter() {
        return "simulated";
    }

    @Override
    public Section keys() {
        return section;
    }

    /** As a router. */
    public static final class Router extends SimulatedSettings {
        public Router() {
            super(
                    Role.ROUTER,
                    Key.of("control", Types.URL, "Without meaning in the simulation."),
                    Key.of("token", Types.SECRET, "Without meaning in the simulation."),
                    FrontDoorSettings.SESSIONS.optional(),
                    Key.of("sticky", Types.FLAG, "Whether clients stay where they are when weights move."));
        }
    }

    /** As a carrier of data. */
    public static final class Carrier extends SimulatedSettings {
        public Carrier() {
            super(Role.CARRIER);
        }
    }

    /** As the control of a job. */
    public static final class Singleton extends SimulatedSettings {
        public Singleton() {
            super(
                    Role.SINGLETON,
                    Key.of("source", Types.URL, "Without meaning in the simulation."),
                    Key.of("target", Types.URL, "Without meaning in the simulation."));
        }
    }

    /** A means with a name of its own choosing. */
    public abstract static class Named extends SimulatedSettings {
        private Named(Role role) {
            super(role, NAME);
        }

        @Override
        public Optional<Key<?>> main() {
            return Optional.of(NAME);
        }
    }

    /** As an application's configuration. */
    public static final class Configuration extends Named {
        public Configuration() {
            super(Role.CONFIGURATION);
        }
    }

    /** As a channel for messages. */
    public static final class Channel extends Named {
        public Channel() {
            super(Role.CHANNEL);
        }
    }

    /** As a replay of recorded requests. */
    public static final class Replay extends Named {
        public Replay() {
            super(Role.REPLAY);
        }
    }

    /** As what answers a check. */
    public static final class Probe extends Named {
        public Probe() {
            super(Role.PROBE);
        }
    }

    /** As what is carried by a sync; what would be switched over is carried, too, in a simulation. */
    public static final class Carry extends Named {
        public Carry() {
            super(Role.CARRY);
        }
    }

    /** As a side's capacity. */
    public static final class Capacity extends Named {
        public Capacity() {
            super(Role.CAPACITY);
        }
    }

    /** As a side that can be removed. */
    public static final class Existence extends Named {
        public Existence() {
            super(Role.EXISTENCE);
        }
    }
}
