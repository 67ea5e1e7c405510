package io.bascule.engine;

import io.bascule.core.run.RunId;
import io.bascule.core.run.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What workers do with leases. Everything that takes a {@link Lease} touches nothing once it is no longer held. */
record LeaseDesk(Access access, LeaseTable leases, RunTable runs, ClaimTable claims) {

    /** The signals given so far; empty when the lease is not held any more. */
    OptionalLong signals(Lease lease) {
        return access.read(c -> leases.signals(c, lease));
    }

    /** For every run that a worker holds, the signals given so far. */
    Map<String, Long> signalsOf(String worker) {
        return access.read(c -> leases.signalsOf(c, worker));
    }

    /** See {@link LeaseTable#release}; the list's status changes with it. */
    boolean release(Lease lease, Instant wanted, Instant now, long seen, int failures, Optional<RunStatus> status) {
        return access.write(c -> {
            boolean ours = leases.release(c, lease, wanted, now, seen, failures);
            if (ours && status.isPresent()) {
                runs.setStatus(c, lease.run(), status.get());
            }
            return ours;
        });
    }

    /** The run is over: its row and its claims go. */
    boolean retire(Lease lease, RunStatus status) {
        return access.write(c -> {
            boolean ours = leases.delete(c, lease);
            if (ours) {
                runs.setStatus(c, lease.run(), status);
                claims.release(c, lease.run());
            }
            return ours;
        });
    }

    boolean revive(RunId run, long version, Instant lastHeartbeat, Instant now) {
        return access.write(c -> leases.revive(c, run, version, lastHeartbeat, now));
    }

    List<String> holders() {
        return access.read(leases::holders);
    }

    int freeAll(String worker, Instant now) {
        return access.write(c -> leases.freeAll(c, worker, now));
    }
}
