package io.bascule.engine;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.JudgementRule;
import io.bascule.core.plan.PlanHash;
import io.bascule.core.plan.Shape;
import io.bascule.core.plan.Tell;
import io.bascule.core.plan.Window;
import io.bascule.core.port.Adapters;
import io.bascule.core.port.Channel;
import io.bascule.core.run.RunEvent.RunStarted;
import io.bascule.core.run.RunId;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The least plan there is, and what belongs to it. */
public final class TestPlans {
    private TestPlans() {}

    public static CutoverPlan plan(String name) {
        return new CutoverPlan(
                name,
                name,
                Shape.STATELESS,
                new Window(Optional.empty(), Duration.ofHours(1), Duration.ZERO, Window.AtTurnaround.HOLD),
                List.of(),
                new TreeMap<>(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new JudgementRule(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        1,
                        1,
                        0,
                        1,
                        Duration.ofSeconds(1),
                        JudgementRule.NoDataPolicy.HOLD,
                        List.of(),
                        List.of()),
                List.of(),
                Tell.NOBODY,
                Optional.empty(),
                hash(name));
    }

    public static PlanHash hash(String name) {
        return new PlanHash(String.format("%064x", name.hashCode() & 0xffffffffL));
    }

    public static NewRun run(String id) {
        return run(id, "plan-of-" + id);
    }

    public static NewRun run(String id, String plan) {
        RunStarted started = new RunStarted(plan, hash(plan).hex(), "ana", "os:ana@here", "SIMULATED", "ana starts it");
        return new NewRun(new RunId(id), plan, "run", now(), started);
    }

    public static Instant now() {
        return Instant.ofEpochMilli(System.currentTimeMillis());
    }

    /** Loads plans by their names, with adapters that nobody asks. */
    public static RunLoader loader(Map<String, Channel> channels) {
        return (run, body) -> new Loaded(plan(body), adapters(), channels, () -> {});
    }

    static Adapters adapters() {
        return (Adapters) Proxy.newProxyInstance(
                TestPlans.class.getClassLoader(), new Class<?>[] {Adapters.class}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
