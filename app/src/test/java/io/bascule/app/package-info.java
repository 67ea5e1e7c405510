@NullMarked
package io.bascule.app;

import org.jspecify.annotations.NullMarked;
