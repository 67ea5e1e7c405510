/** The user's programs, run so that none outlives the run. */
@NullMarked
package io.bascule.embedded.script;

import org.jspecify.annotations.NullMarked;
