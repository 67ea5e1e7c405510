package io.bascule.core.port;

import java.time.Instant;

/** One writer per entrance, across all plans and stores: the claim lies on the resource where it can, and expires. */
public interface Claim {

    /** Takes or renews the claim. Granted, Denied (held by another, not expired) or Untold. */
    Authority take(String owner, Instant until, Deadline deadline);

    /** Whether {@code owner} holds it now. Read-only. */
    Authority holds(String owner, Deadline deadline);

    /** Gives it up; another's claim is left alone. */
    Outcome release(String owner, Deadline deadline);

    /** Takes over a claim of another owner that has expired; for a roll-back. */
    Authority takeOverStale(String owner, Instant until, Deadline deadline);
}
