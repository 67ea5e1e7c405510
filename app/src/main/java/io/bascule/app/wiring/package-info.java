/** From a plan to the adapters it names. */
@NullMarked
package io.bascule.app.wiring;

import org.jspecify.annotations.NullMarked;
