package io.bascule.app.wiring;

import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.RunHistory;
import io.bascule.core.port.Verdict;
import io.bascule.core.run.Fold;
import io.bascule.core.run.Program;
import io.bascule.core.run.RunId;
import io.bascule.core.run.RunStatus;
import io.bascule.engine.JdbcStore;
import io.bascule.engine.StoreTrouble;

/** The runs of one store, each as its journal tells it. */
public final class StoredRuns implements RunHistory {
    /** Where no store is open: nothing is known of any run. */
    static final RunHistory NONE = (run, deadline) -> Finding.of(new Verdict.NoData("no store was asked about " + run));

    private final JdbcStore store;

    public StoredRuns(JdbcStore store) {
        this.store = store;
    }

    @Override
    public Finding completed(String name, Deadline deadline) {
        try {
            RunId run = new RunId(name);
            if (store.run(run).isEmpty()) {
                return Finding.of(new Verdict.NoData("there is no run " + name + " in this store"));
            }
            RunStatus status = status(run);
            boolean completed = status == RunStatus.COMPLETED || status == RunStatus.COMPLETED_WITH_EXCEPTIONS;
            return Finding.of(
                    completed
                            ? new Verdict.Pass(name + " ended " + status)
                            : new Verdict.Fail(name + (status.terminal() ? " ended " : " is ") + status),
                    "status",
                    status);
        } catch (StoreTrouble | IllegalArgumentException e) {
            return Finding.of(new Verdict.Errored(name + " cannot be looked up: " + e.getMessage()));
        }
    }

    private RunStatus status(RunId run) {
        Program program = Program.of(StoredPlan.read(store.planBody(run)).plan());
        return Fold.fold(program, store.journal(run)).status();
    }
}
