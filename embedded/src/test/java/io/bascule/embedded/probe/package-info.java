@NullMarked
package io.bascule.embedded.probe;

import org.jspecify.annotations.NullMarked;
