package io.bascule.core.sim;

import io.bascule.core.port.Resource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** What is wrong with the simulated platform just now: which calls fail, and how. */
public final class Trouble {
    private final VirtualClock clock;
    private final SplittableRandom random;
    private final Map<Fate, Double> rates = new HashMap<>();
    private final Map<Integer, Fate> nth = new HashMap<>();
    private final Map<Predicate<Resource>, Long> refusing = new HashMap<>();
    private final Map<Predicate<Resource>, Long> unseen = new HashMap<>();
    private Predicate<String> refusedTokens = _ -> false;
    private final Map<String, Long> out = new HashMap<>();
    private int applies;

    Trouble(VirtualClock clock, SplittableRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /** From now on this share of all requests for a change has this fate. */
    public void rate(Fate fate, double share) {
        rates.put(fate, share);
    }

    /** The n-th request for a change, counted from 1, has this fate. */
    public void nth(int n, Fate fate) {
        nth.put(n, fate);
    }

    /** Those resources refuse every change for so long. */
    public void refuse(Predicate<Resource> which, long millis) {
        refusing.put(which, clock.millis() + millis);
    }

    /** Those resources cannot be read for so long. */
    public void hide(Predicate<Resource> which, long millis) {
        unseen.put(which, clock.millis() + millis);
    }

    /** Requests with such a token ({@code run/act/direction/attempt}) are refused for good. */
    public void refuseTokens(Predicate<String> which) {
        refusedTokens = refusedTokens.or(which);
    }

    /** The metrics of every entrance are gone for so long. */
    public void metricsDead(long millis) {
        out.put("metrics", clock.millis() + millis);
    }

    /** A side's application does not say how it is for so long. */
    public void silent(io.bascule.core.plan.Side side, long millis) {
        out.put("app " + side.word(), clock.millis() + millis);
    }

    boolean metricsDead() {
        return isOut("metrics");
    }

    boolean silent(io.bascule.core.plan.Side side) {
        return isOut("app " + side.word());
    }

    private boolean isOut(String what) {
        return !out.isEmpty() && clock.millis() < out.getOrDefault(what, Long.MIN_VALUE);
    }

    int applies() {
        return applies;
    }

    Fate fate(Resource resource, String token) {
        applies++;
        Fate fixed = nth.get(applies);
        if (fixed != null) {
            return fixed;
        }
        if (refusedTokens.test(token)) {
            return Fate.REFUSED;
        }
        if (active(refusing, resource)) {
            return Fate.THROTTLED;
        }
        return rates.isEmpty() ? Fate.DONE : drawn();
    }

    private Fate drawn() {
        double at = random.nextDouble();
        for (Fate fate : Fate.values()) {
            at -= rates.getOrDefault(fate, 0.0);
            if (at < 0) {
                return fate;
            }
        }
        return Fate.DONE;
    }

    Optional<String> blind(Resource resource) {
        return active(unseen, resource) ? Optional.of("no answer from " + resource) : Optional.empty();
    }

    private boolean active(Map<Predicate<Resource>, Long> which, Resource resource) {
        for (Map.Entry<Predicate<Resource>, Long> each : which.entrySet()) {
            if (clock.millis() < each.getValue() && each.getKey().test(resource)) {
                return true;
            }
        }
        return false;
    }
}
