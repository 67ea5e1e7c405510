/** What the run asks of the world outside: actuators that change it, gauges that read it, the journal that remembers it. */
@NullMarked
package io.bascule.core.port;

import org.jspecify.annotations.NullMarked;
