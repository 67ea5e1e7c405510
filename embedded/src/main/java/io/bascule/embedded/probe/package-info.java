/** Questions put to an application directly, past every entrance. */
@NullMarked
package io.bascule.embedded.probe;

import org.jspecify.annotations.NullMarked;
