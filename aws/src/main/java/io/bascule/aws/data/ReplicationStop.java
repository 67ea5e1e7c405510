package io.bascule.aws.data;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.OneField;
import io.bascule.aws.data.Replication.State;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;
import software.amazon.awssdk.services.databasemigration.model.StartReplicationTaskTypeValue;

/**
 * A replication task by the field {@code switched}: {@code no} while it runs, {@code yes} once it was stopped with nothing
 * left to carry. One that stopped otherwise is neither; the field then has DMS's word. {@code no} resumes from where it
 * stopped. Safe for threads.
 */
final class ReplicationStop extends OneField {
    private static final String FIELD = "switched";
    private final String arn;
    private final ReplicationReader reader;
    private final ReplicationRule rule;
    /** The last stop that was found to be one with nothing left: its figures age, the stop does not. */
    private final AtomicReference<Instant> proven = new AtomicReference<>(Instant.MIN);
    /** Whether this very object asked for the last stop, and so has seen that nothing was left just before. */
    private final AtomicBoolean askedFor = new AtomicBoolean();

    ReplicationStop(Clients clients, Calls calls, String region, String arn, ReplicationRule rule) {
        super(clients, calls, region, Set.of(FIELD));
        this.arn = arn;
        this.reader = new ReplicationReader(clients, calls, region, arn);
        this.rule = rule;
    }

    @Override
    protected String fault(Image wanted) {
        return Set.of("yes", "no").contains(wanted.get(FIELD))
                ? super.fault(wanted)
                : "a task is switched or not: yes, no";
    }

    @Override
    protected Call<Found<ReplicationTask>> read(Deadline deadline) {
        return reader.task(deadline).then(task -> switched(task, deadline).map(word -> found(task, word)));
    }

    private static Found<ReplicationTask> found(ReplicationTask task, String word) {
        State state = ReplicationReader.state(task);
        Image image = Image.of(FIELD, word).withContext("status", state.status());
        boolean underWay = Set.of("starting", "stopping").contains(state.status());
        return new Found<>(
                state.checkpoint().isEmpty() ? image : image.withContext("checkpoint", state.checkpoint()),
                task,
                underWay ? state.status() : "");
    }

    private Call<String> switched(ReplicationTask task, Deadline deadline) {
        String status = ReplicationReader.state(task).status();
        return switch (status) {
            case "running", "stopping" -> new Call.Answered<>("no");
            case "starting" -> new Call.Answered<>("yes");
            case "stopped" -> stopped(task, deadline);
            default -> new Call.Answered<>(status.isEmpty() ? "not told" : status);
        };
    }

    /** What is not known of a stop leaves it unseen; what stands against it makes it nobody's. */
    private Call<String> stopped(ReplicationTask task, Deadline deadline) {
        Optional<Instant> when = ReplicationReader.state(task).stopped();
        if (when.isPresent() && when.get().equals(proven.get())) {
            return new Call.Answered<>("yes");
        }
        return reader.whole(task, deadline).then(read -> {
            Finding finding = rule.ofStopped(read);
            if (finding.verdict() instanceof Verdict.NoData untold && !askedFor.get()) {
                return new Call.Rejected<>("", "whether it stopped with nothing left: " + untold.reason(), true);
            }
            if (finding.verdict() instanceof Verdict.Fail) {
                return new Call.Answered<>(
                        "stopped too early: " + finding.verdict().reason());
            }
            when.ifPresent(proven::set);
            return new Call.Answered<>("yes");
        });
    }

    @Override
    protected Outcome write(Found<?> found, Image wanted, Deadline deadline) {
        return wanted.get(FIELD).equals("yes") ? stop(deadline) : resume(deadline);
    }

    private Outcome stop(Deadline deadline) {
        Finding finding = ReplicationProbe.look(reader, rule, Instant.MIN, deadline);
        if (!finding.verdict().passed()) {
            return new Outcome.Refused("not stopped: " + finding.verdict().reason(), true);
        }
        Outcome outcome = calls.send(
                        deadline,
                        within -> clients.replications(region)
                                .stopReplicationTask(
                                        stop -> stop.replicationTaskArn(arn).overrideConfiguration(within)))
                .outcome(_ -> "stopping");
        askedFor.set(!(outcome instanceof Outcome.Refused));
        return outcome;
    }

    private Outcome resume(Deadline deadline) {
        askedFor.set(false);
        return calls.send(
                        deadline,
                        within -> clients.replications(region)
                                .startReplicationTask(start -> start.replicationTaskArn(arn)
                                        .startReplicationTaskType(StartReplicationTaskTypeValue.RESUME_PROCESSING)
                                        .overrideConfiguration(within)))
                .outcome(_ -> "starting");
    }

    @Override
    protected Authority mayChange(Found<?> found, Deadline deadline) {
        return simulated(List.of("dms:StopReplicationTask", "dms:StartReplicationTask"), arn, deadline);
    }
}
