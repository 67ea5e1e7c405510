@NullMarked
package io.bascule.load.replay;

import org.jspecify.annotations.NullMarked;
