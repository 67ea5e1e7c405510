package io.bascule.core.run;

import io.bascule.core.plan.Gate;
import io.bascule.core.port.Resource;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The smallest thing of a step that is done, checked and, where it changes something, undone by itself. A step is one
 * or more acts; {@link Program} lists them in order.
 */
public sealed interface Act {

    /** Unique in the program: step, then what it does: {@code freeze/hold web}. */
    String id();

    /** The step (or the gate's phase) it belongs to. */
    String step();

    /**
     * Brings a resource into a state.
     *
     * @param fields the owned fields wanted
     * @param leased whether the state ends by itself at the freeze's deadline and falls back to what was there
     * @param needs the id of a measurement that must have passed just before; empty for none
     * @param timeOut of one call
     */
    record Alter(
            String id,
            String step,
            Resource resource,
            SortedMap<String, String> fields,
            boolean leased,
            String needs,
            Duration timeOut)
            implements Act {
        public Alter {
            fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        }

        /** Whether it closes a database for good: the first act of a release. */
        boolean closes() {
            return resource.kind() == Resource.Kind.FENCE && "closed".equals(fields.get("fence"));
        }
    }

    /**
     * Asks the world something and expects PASS.
     *
     * @param patience for how long another answer is asked again before the act has failed
     * @param timeOut of one call
     */
    record Ask(String id, String step, Question question, Duration patience, Duration timeOut) implements Act {}

    /** Watches and judges for a while. */
    record Soak(String id, String step, SoakSpec spec) implements Act {}

    /** Waits for people. */
    record Await(String id, String step, Gate gate) implements Act {}
}
