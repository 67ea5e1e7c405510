/** A seeded world with faults, and each platform's twin; published so that users can rehearse and test. */
@NullMarked
package io.bascule.core.sim;

import org.jspecify.annotations.NullMarked;
