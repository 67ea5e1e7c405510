package io.bascule.core.port;

import io.bascule.core.plan.Side;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One thing outside that a run may change. A resource has one state at a time, an {@link Image}, and one
 * {@link Actuator} that reads and changes it. The owned fields of each kind are fixed here, so that every adapter of a
 * port and its twin speak of the same state:
 *
 * <table>
 * <caption>owned fields</caption>
 * <tr><td>TRAFFIC entrance</td><td>{@code source}, {@code target}: basis points, sum 10000; under a lease also
 *     {@code until}, {@code else-source}, {@code else-target}; where the target is not attached yet, {@code alone}: the
 *     platform's own weight of the source</td></tr>
 * <tr><td>WRITES entrance</td><td>{@code writes}: {@code open | hold | reject}; with hold or reject {@code until}</td></tr>
 * <tr><td>FENCE dataset@side</td><td>{@code fence}: {@code open | leased | closed}; leased with {@code until}. An
 *     open database accepts writes; a leased one refuses them until the deadline and then is open again by itself; a
 *     closed one refuses them for good. Opening also puts the next id above max(id).</td></tr>
 * <tr><td>CONFIGURATION name</td><td>the fields that the step sets; under a lease also {@code FIELD.until} and
 *     {@code FIELD.else}</td></tr>
 * <tr><td>COPY dataset</td><td>{@code copy}: {@code none | done}</td></tr>
 * <tr><td>REVERSE dataset</td><td>{@code reverse}: {@code off | on | lost}</td></tr>
 * <tr><td>SINGLETON writer</td><td>{@code source}, {@code target}: {@code running | paused}; under a lease
 *     {@code until}, {@code else-source}, {@code else-target}</td></tr>
 * <tr><td>DNS entrance</td><td>{@code ttl}: seconds; {@code form}: {@code simple | weighted}, or
 *     {@code alone} (weighted, without the target's record)</td></tr>
 * <tr><td>CAPACITY side</td><td>{@code amount}</td></tr>
 * <tr><td>EXISTENCE side</td><td>{@code exists}: {@code yes | no}</td></tr>
 * <tr><td>SWITCH step</td><td>{@code switched}: {@code no | yes}</td></tr>
 * <tr><td>SCRIPT step</td><td>what the script's observe program printed, as {@code state}</td></tr>
 * </table>
 *
 * An {@code until} is an ISO-8601 instant in UTC with milliseconds. A leased state whose deadline has passed is
 * observed as what it fell back to, without {@code until}.
 */
public record Resource(Kind kind, String name) implements Comparable<Resource> {

    /** Journals name the same few resources over and over. */
    private static final Map<String, Resource> PARSED = new ConcurrentHashMap<>();

    public enum Kind {
        TRAFFIC,
        WRITES,
        FENCE,
        CONFIGURATION,
        COPY,
        REVERSE,
        SINGLETON,
        DNS,
        CAPACITY,
        EXISTENCE,
        SWITCH,
        SCRIPT;

        private final String word = name().toLowerCase(Locale.ROOT);
    }

    public static Resource traffic(String entrance) {
        return new Resource(Kind.TRAFFIC, entrance);
    }

    public static Resource writes(String entrance) {
        return new Resource(Kind.WRITES, entrance);
    }

    public static Resource fence(String dataset, Side side) {
        return new Resource(Kind.FENCE, dataset + "@" + side.word());
    }

    public static Resource configuration(String name) {
        return new Resource(Kind.CONFIGURATION, name);
    }

    public static Resource copy(String dataset) {
        return new Resource(Kind.COPY, dataset);
    }

    public static Resource reverse(String dataset) {
        return new Resource(Kind.REVERSE, dataset);
    }

    public static Resource singleton(String writer) {
        return new Resource(Kind.SINGLETON, writer);
    }

    public static Resource dns(String entrance) {
        return new Resource(Kind.DNS, entrance);
    }

    public static Resource capacity(Side side) {
        return new Resource(Kind.CAPACITY, side.word());
    }

    public static Resource existence(Side side) {
        return new Resource(Kind.EXISTENCE, side.word());
    }

    public static Resource switchOver(String step) {
        return new Resource(Kind.SWITCH, step);
    }

    public static Resource script(String step) {
        return new Resource(Kind.SCRIPT, step);
    }

    /** Whether it is part of an entrance, and under that entrance's claim. */
    public boolean isOfEntrance() {
        return kind == Kind.TRAFFIC || kind == Kind.WRITES || kind == Kind.DNS;
    }

    /** {@code traffic:web}, {@code fence:orders@source}: the form in journals. */
    @Override
    public String toString() {
        return kind.word + ":" + name;
    }

    public static Resource parse(String text) {
        return PARSED.computeIfAbsent(text, Resource::read);
    }

    private static Resource read(String text) {
        int colon = text.indexOf(':');
        return new Resource(Kind.valueOf(text.substring(0, colon).toUpperCase(Locale.ROOT)), text.substring(colon + 1));
    }

    @Override
    public int compareTo(Resource other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : name.compareTo(other.name);
    }
}
