package io.bascule.core.port;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * A module's meters, found by {@link java.util.ServiceLoader}, each told by its address. Finding a provider and checking an
 * address must cost next to nothing: what they need of others is loaded by {@link #open}.
 */
public interface MeterProvider {

    /** What the addresses begin with, before the first colon, in small letters; no other provider has them. */
    Set<String> schemes();

    /** Everything that is wrong with an address, in words; empty if it can be opened. Asks nobody. */
    List<String> problems(MeterAddress address);

    /**
     * The meter at an address without problems. Nothing is called or connected to yet.
     *
     * @param clock that deadlines are of
     */
    Meter open(MeterAddress address, InstantSource clock);
}
