package io.bascule.core.sim;

import io.bascule.core.plan.Side;
import io.bascule.core.plan.Writer;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Image;
import io.bascule.core.port.Resource;
import io.bascule.core.port.Verdict;
import io.bascule.core.port.WriterControl;
import java.util.Optional;

/** One writer: the application behind an entrance, or a job that runs on one side and writes a little. */
final class SimWriter implements WriterControl {
    private final SimWorld world;
    private final Writer plan;
    private final Optional<SimResource> job;
    private double due;
    private long flowedTo;

    SimWriter(SimWorld world, Writer plan) {
        this.world = world;
        this.plan = plan;
        this.flowedTo = world.clock().millis();
        this.job = plan.isSingleton()
                ? Optional.of(
                        world.add(Resource.singleton(plan.name()), Image.of("source", "running", "target", "paused")))
                : Optional.empty();
    }

    /** A job writes once a second where it runs. */
    void flow(long now) {
        if (job.isEmpty() || now <= flowedTo) {
            return;
        }
        due += (now - flowedTo) / 1000.0;
        flowedTo = now;
        int writes = (int) due;
        due -= writes;
        for (Side side : Side.values()) {
            if (runs(side)) {
                int _ = world.application(side).write(writes);
            }
        }
    }

    boolean runs(Side side) {
        return job.isPresent() && job.get().image.get(side.word()).equals("running");
    }

    boolean isJob() {
        return job.isPresent();
    }

    @Override
    public Actuator singleton() {
        return world.reach(job.orElseThrow());
    }

    @Override
    public Finding proveRefused(Side side, Deadline deadline) {
        world.call();
        world.flow();
        boolean through = world.application(side).wouldWrite();
        return Finding.of(
                through
                        ? new Verdict.Fail(plan.name() + " could write at the " + side.word())
                        : new Verdict.Pass(plan.name() + " was refused"),
                "side",
                side.word());
    }
}
