package io.bascule.aws.data;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Patience;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Probe;
import io.bascule.core.port.Verdict;
import java.time.Instant;

/**
 * {@code check: { dms: … }}: looks at a replication task until all of its rule holds or the deadline comes. Where everything
 * must have arrived, only minutes that began after it was asked tell what still waits. Safe for threads.
 */
final class ReplicationProbe implements Probe {
    private final ReplicationReader reader;
    private final ReplicationRule rule;
    private final Patience patience;

    ReplicationProbe(ReplicationReader reader, ReplicationRule rule, Patience patience) {
        this.reader = reader;
        this.rule = rule;
        this.patience = patience;
    }

    @Override
    public Finding probe(Deadline deadline) {
        Instant asked = reader.now();
        return patience.until(found -> found.verdict().passed(), () -> look(reader, rule, asked, deadline), deadline);
    }

    /** One look. What cannot be read is NO_DATA. */
    static Finding look(ReplicationReader reader, ReplicationRule rule, Instant since, Deadline deadline) {
        Call<Finding> call = reader.task(deadline)
                .then(task -> reader.whole(task, deadline))
                .map(read -> rule.ofRunning(read, since));
        return call instanceof Call.Answered<Finding>(Finding finding)
                ? finding
                : Finding.of(new Verdict.NoData("it could not be read: " + call.why()));
    }
}
