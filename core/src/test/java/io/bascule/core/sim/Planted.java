package io.bascule.core.sim;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Metric;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Adapters;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Change;
import io.bascule.core.port.Claim;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.ForwardingActuator;
import io.bascule.core.port.Image;
import io.bascule.core.port.Message;
import io.bascule.core.port.MetricSource;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import io.bascule.core.port.Sample;
import io.bascule.core.port.TrafficRouter;
import io.bascule.core.port.TrafficWindow;
import io.bascule.core.run.Entry;
import io.bascule.core.run.Journal;
import io.bascule.core.run.RunEvent;
import io.bascule.core.run.Surroundings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Bugs to plant between a run and its world: each replaces one behaviour and leaves the rest alone. */
final class Planted {
    private Planted() {}

    static Surroundings journal(Surroundings around, Journal journal) {
        return new Surroundings(journal, around.inbox(), around.adapters(), around.clock(), around.guard());
    }

    static Surroundings adapters(Surroundings around, Adapters adapters) {
        return new Surroundings(around.journal(), around.inbox(), adapters, around.clock(), around.guard());
    }

    /** A journal of which some appends go another way. */
    static Journal appending(Journal journal, BiFunction<Entry, List<Message>, Boolean> append) {
        return new Journal() {
            @Override
            public List<Entry> entries() {
                return journal.entries();
            }

            @Override
            public boolean append(Entry entry, List<Message> messages) {
                return append.apply(entry, messages);
            }
        };
    }

    /** Every actuator of the world, wrapped. */
    static UnaryOperator<Surroundings> actuators(UnaryOperator<Actuator> wrap) {
        return around -> adapters(around, (Adapters) proxy(around.adapters(), Adapters.class, wrap));
    }

    /** Follows every port down to its actuators. */
    private static Object proxy(Object sound, Class<?> type, UnaryOperator<Actuator> wrap) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
            Object answer;
            try {
                method.setAccessible(true);
                answer = method.invoke(sound, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            Class<?> returned = method.getReturnType();
            if (answer instanceof Actuator actuator && returned == Actuator.class) {
                return wrap.apply(actuator);
            }
            boolean port = returned.isInterface() && returned.getPackageName().equals("io.bascule.core.port");
            boolean value = returned.isSealed() || returned == Claim.class || answer == null;
            return port && !value ? proxy(answer, returned, wrap) : answer;
        });
    }

    /** An actuator whose requests go through {@code apply}. */
    static Actuator applying(Actuator sound, BiFunction<Change, Deadline, Outcome> apply) {
        return new ForwardingActuator(sound) {
            @Override
            public Outcome apply(Change change, Deadline deadline) {
                return apply.apply(change, deadline);
            }
        };
    }

    /** Overwrites whatever is there. */
    static Actuator upserting(Actuator sound) {
        return applying(sound, (change, deadline) -> {
            Image now = ((Reading.Seen) sound.observe(deadline)).image();
            return sound.apply(new Change(change.token(), change.notAfter(), now, change.wanted()), deadline);
        });
    }

    /** Every router of the world, wrapped once the run is on its way back. */
    static UnaryOperator<Surroundings> routerGoingBack(UnaryOperator<TrafficRouter> wrap) {
        return around -> router((TrafficRouter sound) -> around.journal().entries().stream()
                                .anyMatch(entry -> entry.event() instanceof RunEvent.RollbackBegun)
                        ? wrap.apply(sound)
                        : sound)
                .apply(around);
    }

    /** Every router of the world, wrapped. */
    static UnaryOperator<Surroundings> router(UnaryOperator<TrafficRouter> wrap) {
        return around -> adapters(around, (Adapters) Proxy.newProxyInstance(
                Adapters.class.getClassLoader(), new Class<?>[] {Adapters.class}, (_, method, arguments) -> {
                    Object answer;
                    try {
                        answer = method.invoke(around.adapters(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    boolean asked = method.getName().equals("router")
                            || method.getName().equals("metrics");
                    return asked ? wrap.apply((TrafficRouter) answer) : answer;
                }));
    }

    /** A router with some answers replaced. */
    static class Router implements TrafficRouter {
        final TrafficRouter sound;

        Router(TrafficRouter sound) {
            this.sound = sound;
        }

        @Override
        public Actuator weights() {
            return sound.weights();
        }

        @Override
        public Actuator writes() {
            return sound.writes();
        }

        @Override
        public TrafficWindow.Answer window(Instant from, Instant to, Deadline deadline) {
            return sound.window(from, to, deadline);
        }

        @Override
        public Finding probe(boolean withSession, Deadline deadline) {
            return sound.probe(withSession, deadline);
        }

        @Override
        public Claim claim() {
            return sound.claim();
        }

        @Override
        public Sample sample(Metric metric, Side side, Instant from, Instant to, Deadline deadline) {
            return ((MetricSource) sound).sample(metric, side, from, to, deadline);
        }
    }

    /** The target looks empty, whoever is still there. */
    static TrafficRouter nobodyAtTarget(TrafficRouter sound) {
        return new Router(sound) {
            @Override
            public TrafficWindow.Answer window(Instant from, Instant to, Deadline deadline) {
                TrafficWindow seen = sound.window(from, to, deadline).window().orElseThrow();
                TrafficWindow.PerSide target = seen.target();
                return TrafficWindow.Answer.of(new TrafficWindow(
                        seen.source(),
                        new TrafficWindow.PerSide(0, 0, 0, target.healthy(), 0),
                        seen.parked(),
                        seen.writesInFlight()));
            }

            @Override
            public Finding probe(boolean withSession, Deadline deadline) {
                return Finding.of(new io.bascule.core.port.Verdict.Pass("200"), "side", "source");
            }
        };
    }

    /** A restored weight is believed without being read back. */
    static Actuator believing(Actuator sound) {
        Image[] wanted = new Image[1];
        return new Actuator() {
            @Override
            public Authority authorise(Deadline deadline) {
                return sound.authorise(deadline);
            }

            @Override
            public Reading observe(Deadline deadline) {
                Reading reading = sound.observe(deadline);
                return wanted[0] == null ? reading : new Reading.Seen(wanted[0]);
            }

            @Override
            public Outcome apply(Change change, Deadline deadline) {
                Outcome outcome = sound.apply(change, deadline);
                if (change.token().contains("/back/")) {
                    wanted[0] = change.wanted();
                    return new Outcome.Done("believed");
                }
                return outcome;
            }
        };
    }

    static Result run(CutoverPlan plan, Faults faults, UnaryOperator<Surroundings> bug) {
        return Simulation.of(plan, 1)
                .faults(faults)
                .around(bug)
                .people(Operator.Care.ABSENT, true)
                .run();
    }
}
