/** Traffic by Elastic Load Balancing version 2. */
@NullMarked
package io.bascule.aws.traffic;

import org.jspecify.annotations.NullMarked;
