package io.bascule.engine;

import io.bascule.core.run.RunId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Each run's plan and adapters, loaded once and closed once. */
final class Loads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loads.class);

    private final JdbcStore store;
    private final RunLoader loader;
    private final Map<RunId, Loaded> loads = new HashMap<>();
    private final Set<RunId> over = new HashSet<>();

    Loads(JdbcStore store, RunLoader loader) {
        this.store = store;
        this.loader = loader;
    }

    /** An exception of the loader is remembered nowhere: the next call tries again. */
    @SuppressWarnings("ReferenceEquality") // which of two loads is kept, not whether they are equal
    Loaded of(RunId run) {
        synchronized (loads) {
            Loaded known = loads.get(run);
            if (known != null) {
                return known;
            }
        }
        // Two threads may load at once (a tick and the courier); the second load is closed again.
        Loaded fresh = loader.load(run, store.planBody(run));
        Loaded kept;
        synchronized (loads) {
            kept = loads.computeIfAbsent(run, absent -> fresh);
        }
        if (kept != fresh) {
            close(run, fresh);
        }
        return kept;
    }

    /** The run is over: its adapters are closed once its messages are sent. */
    void over(RunId run) {
        synchronized (loads) {
            over.add(run);
        }
    }

    /** Closes what belongs to runs that are over, except those still wanted. */
    void sweep(Set<RunId> wanted) {
        Map<RunId, Loaded> done = new HashMap<>();
        synchronized (loads) {
            over.removeIf(run -> {
                Loaded load = wanted.contains(run) ? null : loads.remove(run);
                if (load != null) {
                    done.put(run, load);
                }
                return !wanted.contains(run);
            });
        }
        done.forEach(Loads::close);
    }

    private static void close(RunId run, Loaded load) {
        try {
            load.close().run();
        } catch (RuntimeException e) {
            LOG.warn("closing what belongs to {} failed: {}", run, Redacted.sentence(e));
        }
    }

    @Override
    public void close() {
        Map<RunId, Loaded> all;
        synchronized (loads) {
            all = Map.copyOf(loads);
            loads.clear();
        }
        all.forEach(Loads::close);
    }
}
