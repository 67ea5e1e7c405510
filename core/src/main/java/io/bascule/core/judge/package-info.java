/** Metrics, samples, baselines and objectives, judged to one of five verdicts. Pure. */
@NullMarked
package io.bascule.core.judge;

import org.jspecify.annotations.NullMarked;
