@NullMarked
package io.bascule.app.wiring;

import org.jspecify.annotations.NullMarked;
