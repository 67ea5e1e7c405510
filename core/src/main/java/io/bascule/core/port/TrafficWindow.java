package io.bascule.core.port;

import io.bascule.core.plan.Side;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What an entrance saw over a window, and how it stands at its end.
 *
 * @param parked writes parked now
 * @param writesInFlight writes that were let through and are not answered yet
 */
public record TrafficWindow(PerSide source, PerSide target, long parked, long writesInFlight) {

    /**
     * @param requests completed in the window
     * @param openConnections that may still carry requests to the side now
     * @param healthy targets that may be given traffic
     * @param sticky clients now bound to the side
     * @param unwell why no more targets are healthy, in the platform's words; empty where it has none
     */
    public record PerSide(long requests, long failed, long openConnections, int healthy, long sticky, String unwell) {
        public static final PerSide NOTHING = new PerSide(0, 0, 0, 0, 0);

        public PerSide(long requests, long failed, long openConnections, int healthy, long sticky) {
            this(requests, failed, openConnections, healthy, sticky, "");
        }
    }

    public PerSide of(Side side) {
        return side == Side.SOURCE ? source : target;
    }

    /** The target's share of completed requests, 0 to 1; empty without requests. */
    public OptionalDouble targetShare() {
        long all = source.requests() + target.requests();
        return all == 0 ? OptionalDouble.empty() : OptionalDouble.of(target.requests() / (double) all);
    }

    /** An answer, or why there is none. */
    public record Answer(Optional<TrafficWindow> window, String why) {
        public static Answer of(TrafficWindow window) {
            return new Answer(Optional.of(window), "");
        }

        public static Answer none(String why) {
            return new Answer(Optional.empty(), why);
        }
    }
}
