/** What the operator wrote: validated, immutable, hashed. Nothing here knows YAML or a platform. */
@NullMarked
package io.bascule.core.plan;

import org.jspecify.annotations.NullMarked;
