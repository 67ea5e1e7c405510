@NullMarked
package io.bascule.load;

import org.jspecify.annotations.NullMarked;
