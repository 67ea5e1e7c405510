/** The weighted front door: an HTTP/1.1 reverse proxy with a control API, and the adapter that drives it. */
@NullMarked
package io.bascule.embedded.frontdoor;

import org.jspecify.annotations.NullMarked;
