package io.bascule.engine;

import io.bascule.core.run.RunId;
import io.bascule.core.run.RunStatus;
import java.time.Instant;

/**
 * A run in a list.
 *
 * @param plan the plan's name
 * @param status as of the last rest of a worker; the truth is the fold over the journal
 * @param entries in its journal
 * @param lastAt when the last one was written
 */
public record RunSummary(
        RunId run,
        String plan,
        String planHash,
        String mode,
        Instant createdAt,
        String createdBy,
        RunStatus status,
        long entries,
        Instant lastAt) {}
