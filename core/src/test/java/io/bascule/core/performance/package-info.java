@NullMarked
package io.bascule.core.performance;

import org.jspecify.annotations.NullMarked;
