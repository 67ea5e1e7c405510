/** The rules that a plan must keep before anyone is asked to approve it: pure functions over the plan. */
@NullMarked
package io.bascule.core.rules;

import org.jspecify.annotations.NullMarked;
