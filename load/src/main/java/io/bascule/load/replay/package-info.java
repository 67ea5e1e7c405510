/**
 * Recorded traffic, sent again to source and target at the same moments, and what they answer differently: "functionality
 * identical to the original", measured.
 *
 * <p>The source is asked twice, because what it answers differently by itself (ids, times, the order of a list) is noise and
 * no finding. What remains is asked again before it is told.
 */
@NullMarked
package io.bascule.load.replay;

import org.jspecify.annotations.NullMarked;
