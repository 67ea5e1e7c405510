package io.bascule.core.port;

import java.time.Instant;

/** One writer per entrance, across all plans and stores: the claim lies on the resource where it can, and expires. */
public interface Claim {

    /** Takes or renews the claim. Granted, Denied (held by another, not expired) or Untold. */
    Authority take(String owner, Instant until, Deadline deadline);

    /** Whether {@code owner} holds it now. Read-only. */
    Authority holds(String owner, Deadline deadline);

    /** Of a claim whose taking got no answer: granted where it can be seen to be held, else untold, and why. */
    default Authority heldOr(String owner, String why, Deadline deadline) {
        return holds(owner, deadline) instanceof Authority.Granted
                ? new Authority.Granted()
                : new Authority.Untold(why);
    }

    /** Gives it up; another's claim is left alone. */
    Outcome release(String owner, Deadline deadline);

    /** Takes over a claim of another owner that has expired; for a roll-back. */
    Authority takeOverStale(String owner, Instant until, Deadline deadline);
}
