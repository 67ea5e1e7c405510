/** The smallest HTTP server and client that the control plane and the demo need. Not the data path. */
@NullMarked
package io.bascule.embedded.http;

import org.jspecify.annotations.NullMarked;
