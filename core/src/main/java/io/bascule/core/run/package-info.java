/** The run: its state, its events, the decision what to do next, and the tick that does it. */
@NullMarked
package io.bascule.core.run;

import org.jspecify.annotations.NullMarked;
