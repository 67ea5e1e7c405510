/** Conformance suites of the ports, one per port, for real adapters and twins alike; and seeds. */
@NullMarked
package io.bascule.testkit;

import org.jspecify.annotations.NullMarked;
