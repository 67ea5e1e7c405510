/** Statistics without opinion: numbers in, numbers out, every random draw from a seed. Knows nothing of cutovers. */
@NullMarked
package io.bascule.core.stats;

import org.jspecify.annotations.NullMarked;
