package io.bascule.core.port;

import io.bascule.core.plan.CutoverPlan;
import java.time.InstantSource;
import java.util.Set;

/**
 * A module's adapters, found by {@link java.util.ServiceLoader} and opened only when a plan names one of them. Finding a
 * provider must cost next to nothing: what it needs of others is loaded by {@link #open}.
 */
public interface AdapterProvider {

    /** The adapters' words in plan files; no other provider has them. */
    Set<String> adapters();

    /**
     * The platform as one plan uses it. Nothing is called or connected to yet.
     *
     * @param run whose calls these are, for the platform's own records; empty while there is no run
     * @param clock the run's clock, which its deadlines are of
     */
    Platform open(CutoverPlan plan, String run, InstantSource clock);

    /**
     * The least permissions that a plan needs of the platform, to do and to undo, in the platform's own form; empty where
     * it needs none or there is no such form. Asks nobody.
     */
    default String permissions(CutoverPlan plan) {
        return "";
    }
}
