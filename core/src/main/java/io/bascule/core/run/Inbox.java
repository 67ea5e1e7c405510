package io.bascule.core.run;

import java.util.List;

/** The orders given to one run. */
public interface Inbox {
    /** Orders with an id above {@code last}, oldest first. */
    List<OrderEnvelope> after(long last);
}
