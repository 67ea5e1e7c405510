@NullMarked
package io.bascule.core.stats;

import org.jspecify.annotations.NullMarked;
