/** Traffic by Route 53: weighted records of a name. */
@NullMarked
package io.bascule.aws.name;

import org.jspecify.annotations.NullMarked;
