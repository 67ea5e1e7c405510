package io.bascule.core.sim;

import io.bascule.core.plan.Limit;
import io.bascule.core.plan.Settings;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.BackupStore;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.LoadDriver;
import io.bascule.core.port.Probe;
import io.bascule.core.port.Resource;
import io.bascule.core.port.ScriptRunner;
import io.bascule.core.port.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The measuring tools of the simulated world: scripts, load, backups. */
final class SimTools implements ScriptRunner, LoadDriver, BackupStore {
    private final SimWorld world;
    /** The scripts fail. */
    boolean scriptsFail;

    SimTools(SimWorld world) {
        this.world = world;
    }

    @Override
    public Finding run(String script, Deadline deadline) {
        world.call();
        return Finding.of(scriptsFail ? new Verdict.Fail(script + ": exit 1") : new Verdict.Pass(script + ": exit 0"));
    }

    @Override
    public Actuator effect(String step, String run, String observe, String undo) {
        return world.reach(world.resource(Resource.script(step)));
    }

    @Override
    public Finding load(
            Set<Side> sides, double ratePerSecond, Duration lasts, List<Limit> objectives, Deadline deadline) {
        world.pass(lasts);
        boolean healthy =
                sides.stream().allMatch(side -> world.application(side).serves());
        return Finding.of(
                healthy ? new Verdict.Pass("every objective holds") : new Verdict.Fail("requests failed"),
                "ratePerSecond",
                ratePerSecond);
    }

    @Override
    public Finding replay(Settings recording, Duration lasts, Deadline deadline) {
        world.pass(lasts);
        boolean alike = Stream.of(Side.values())
                .allMatch(side -> world.application(side).serves());
        return Finding.of(
                alike ? new Verdict.Pass("both answer alike") : new Verdict.Fail("answers differ"),
                "differences",
                alike ? 0 : 1);
    }

    /** Everything is in order, a moment later. */
    Probe probe(Settings means) {
        return deadline -> {
            world.pass(Duration.ofSeconds(1));
            return Finding.of(new Verdict.Pass(means.adapter() + " is in order"));
        };
    }

    @Override
    public Finding backupAndRestore(String into, Deadline deadline) {
        world.pass(Duration.ofSeconds(2));
        return Finding.of(new Verdict.Pass("restored into " + into), "rows", 10_000);
    }
}
