package io.bascule.core.run;

import io.bascule.core.plan.Side;
import io.bascule.core.plan.TrafficSplit;
import java.time.Duration;

/**
 * What a soak watches.
 *
 * @param lasts how long at least
 * @param intended the split that every entrance should show
 * @param judged the side that carries what is judged
 * @param againstBaseline whether comparisons are made with the baseline rather than with the other side
 */
public record SoakSpec(Duration lasts, TrafficSplit intended, Side judged, boolean againstBaseline) {}
