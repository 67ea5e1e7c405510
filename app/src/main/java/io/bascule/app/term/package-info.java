/** What a run looks like in a terminal. */
@NullMarked
package io.bascule.app.term;

import org.jspecify.annotations.NullMarked;
