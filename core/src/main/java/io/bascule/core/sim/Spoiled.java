package io.bascule.core.sim;

import io.bascule.core.plan.Limit;
import io.bascule.core.plan.Metric;
import io.bascule.core.plan.Settings;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Adapters;
import io.bascule.core.port.Authority;
import io.bascule.core.port.BackupStore;
import io.bascule.core.port.Claim;
import io.bascule.core.port.DataCarrier;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Detection;
import io.bascule.core.port.Finding;
import io.bascule.core.port.ForwardingActuator;
import io.bascule.core.port.HealthProbe;
import io.bascule.core.port.LoadDriver;
import io.bascule.core.port.MetricSource;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Probe;
import io.bascule.core.port.RunHistory;
import io.bascule.core.port.Sample;
import io.bascule.core.port.ScriptRunner;
import io.bascule.core.port.TrafficRouter;
import io.bascule.core.port.TrafficWindow;
import io.bascule.core.port.Verdict;
import io.bascule.core.port.WriterControl;
import io.bascule.core.run.Surroundings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Adapters of which every question is answered with no, as long as a switch is on. Changes go through. */
final class Spoiled implements Adapters {
    private static final String WHY = "planted: it fails here";

    private final Adapters sound;
    private final BooleanSupplier on;

    Spoiled(Adapters sound, BooleanSupplier on) {
        this.sound = sound;
        this.on = on;
    }

    static Surroundings of(Surroundings around, BooleanSupplier on) {
        return new Surroundings(
                around.journal(), around.inbox(), new Spoiled(around.adapters(), on), around.clock(), around.guard());
    }

    private Finding or(java.util.function.Supplier<Finding> sound) {
        return on.getAsBoolean() ? Finding.of(new Verdict.Fail(WHY)) : sound.get();
    }

    private Authority allowed(java.util.function.Supplier<Authority> sound) {
        return on.getAsBoolean() ? new Authority.Denied(WHY) : sound.get();
    }

    private Actuator denied(Actuator actuator) {
        return new ForwardingActuator(actuator) {
            @Override
            public Authority authorise(Deadline deadline) {
                return allowed(() -> super.authorise(deadline));
            }
        };
    }

    @Override
    public TrafficRouter router(String entrance) {
        TrafficRouter router = sound.router(entrance);
        return new TrafficRouter() {
            @Override
            public Actuator weights() {
                return denied(router.weights());
            }

            @Override
            public Actuator writes() {
                return denied(router.writes());
            }

            @Override
            public TrafficWindow.Answer window(Instant from, Instant to, Deadline deadline) {
                return on.getAsBoolean() ? TrafficWindow.Answer.none(WHY) : router.window(from, to, deadline);
            }

            @Override
            public Finding probe(boolean withSession, Deadline deadline) {
                return or(() -> router.probe(withSession, deadline));
            }

            @Override
            public Claim claim() {
                return claimed(router.claim());
            }

            @Override
            public Sample sample(Metric metric, Side side, Instant from, Instant to, Deadline deadline) {
                return metrics(entrance).sample(metric, side, from, to, deadline);
            }
        };
    }

    private Claim claimed(Claim claim) {
        return new Claim() {
            @Override
            public Authority take(String owner, Instant until, Deadline deadline) {
                return allowed(() -> claim.take(owner, until, deadline));
            }

            @Override
            public Authority holds(String owner, Deadline deadline) {
                return claim.holds(owner, deadline);
            }

            @Override
            public Outcome release(String owner, Deadline deadline) {
                return claim.release(owner, deadline);
            }

            @Override
            public Authority takeOverStale(String owner, Instant until, Deadline deadline) {
                return claim.takeOverStale(owner, until, deadline);
            }
        };
    }

    @Override
    public MetricSource metrics(String from) {
        MetricSource metrics = sound.metrics(from);
        return (metric, side, begin, end, deadline) ->
                on.getAsBoolean() ? new Sample.Failed(WHY) : metrics.sample(metric, side, begin, end, deadline);
    }

    @Override
    public HealthProbe health(Side side) {
        HealthProbe probe = sound.health(side);
        return new HealthProbe() {
            @Override
            public Finding check(String path, int expectStatus, Deadline deadline) {
                return or(() -> probe.check(path, expectStatus, deadline));
            }

            @Override
            public Report report(Deadline deadline) {
                return on.getAsBoolean() ? new Silent(WHY) : probe.report(deadline);
            }
        };
    }

    @Override
    public DataCarrier carrier(String dataset) {
        DataCarrier carrier = sound.carrier(dataset);
        return new DataCarrier() {
            @Override
            public Actuator fence(Side side) {
                return denied(carrier.fence(side));
            }

            @Override
            public Actuator copy() {
                return denied(carrier.copy());
            }

            @Override
            public Actuator reverse() {
                return denied(carrier.reverse());
            }

            @Override
            public Finding drained(Side from, Deadline deadline) {
                return or(() -> carrier.drained(from, deadline));
            }

            @Override
            public Finding compare(Deadline deadline) {
                return or(() -> carrier.compare(deadline));
            }

            @Override
            public Finding reverseLag(Deadline deadline) {
                return carrier.reverseLag(deadline);
            }

            @Override
            public Finding carryHome(Deadline deadline) {
                return carrier.carryHome(deadline);
            }

            @Override
            public Finding identity(Side side, Deadline deadline) {
                return or(() -> carrier.identity(side, deadline));
            }

            @Override
            public Finding provesFenced(Side side, Deadline deadline) {
                return or(() -> carrier.provesFenced(side, deadline));
            }
        };
    }

    @Override
    public WriterControl writer(String name) {
        WriterControl writer = sound.writer(name);
        return new WriterControl() {
            @Override
            public Actuator singleton() {
                return denied(writer.singleton());
            }

            @Override
            public Finding proveRefused(Side side, Deadline deadline) {
                return or(() -> writer.proveRefused(side, deadline));
            }
        };
    }

    @Override
    public Actuator configuration(String name) {
        return denied(sound.configuration(name));
    }

    @Override
    public Actuator dns(String entrance) {
        return denied(sound.dns(entrance));
    }

    @Override
    public Actuator capacity(Side side) {
        return denied(sound.capacity(side));
    }

    @Override
    public Actuator switchOver(String step) {
        return denied(sound.switchOver(step));
    }

    @Override
    public Probe probe(Settings means) {
        return deadline -> or(() -> sound.probe(means).probe(deadline));
    }

    @Override
    public Actuator existence(Side side) {
        return denied(sound.existence(side));
    }

    @Override
    public BackupStore backup(String dataset) {
        return (into, deadline) -> or(() -> sound.backup(dataset).backupAndRestore(into, deadline));
    }

    @Override
    public ScriptRunner scripts() {
        return new ScriptRunner() {
            @Override
            public Finding run(String script, Deadline deadline) {
                return or(() -> sound.scripts().run(script, deadline));
            }

            @Override
            public Actuator effect(String step, String run, String observe, String undo) {
                return denied(sound.scripts().effect(step, run, observe, undo));
            }
        };
    }

    @Override
    public LoadDriver load() {
        return new LoadDriver() {
            @Override
            public Finding load(
                    Set<Side> sides, double rate, Duration lasts, List<Limit> objectives, Deadline deadline) {
                return or(() -> sound.load().load(sides, rate, lasts, objectives, deadline));
            }

            @Override
            public Finding replay(Settings recording, Duration lasts, Deadline deadline) {
                return or(() -> sound.load().replay(recording, lasts, deadline));
            }
        };
    }

    @Override
    public RunHistory history() {
        return (run, deadline) -> or(() -> sound.history().completed(run, deadline));
    }

    @Override
    public List<Detection> detect(Deadline deadline) {
        return sound.detect(deadline);
    }

    @Override
    public Evidence evidence() {
        return sound.evidence();
    }
}
