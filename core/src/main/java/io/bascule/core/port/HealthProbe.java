package io.bascule.core.port;

import java.util.List;

/** Asks one side's application directly, past every entrance. Read-only. */
public interface HealthProbe {

    /** A page and the status expected. */
    Finding check(String path, int expectStatus, Deadline deadline);

    /** What the application itself reports of its health and of the database it uses. */
    Report report(Deadline deadline);

    /** What an application says of itself, or why it said nothing. */
    sealed interface Report {}

    /**
     * @param database the location it is connected to, in the plan's words ({@code target/shop.db}); several are separated by commas
     * @param writable whether a write of it would be accepted now
     */
    record Told(boolean healthy, String database, boolean writable, String version) implements Report {
        public boolean uses(String location) {
            return List.of(database.split(",")).contains(location);
        }
    }

    record Silent(String why) implements Report {}
}
