@NullMarked
package io.bascule.embedded.frontdoor;

import org.jspecify.annotations.NullMarked;
