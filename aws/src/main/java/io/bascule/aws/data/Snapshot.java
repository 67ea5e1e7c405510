package io.bascule.aws.data;

import java.time.Instant;

/**
 * A snapshot as RDS tells it.
 *
 * @param taken when it was taken, not when it was copied
 * @param status RDS's word; {@code available} when it is whole
 */
record Snapshot(String id, Instant taken, String status, boolean encrypted) {
    boolean isWhole() {
        return status.equals("available");
    }
}
