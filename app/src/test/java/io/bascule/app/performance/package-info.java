@NullMarked
package io.bascule.app.performance;

import org.jspecify.annotations.NullMarked;
