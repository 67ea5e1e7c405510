/** Mains for measurements; no tests. */
@NullMarked
package io.bascule.embedded.bench;

import org.jspecify.annotations.NullMarked;
