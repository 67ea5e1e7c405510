@NullMarked
package io.bascule.app.load;

import org.jspecify.annotations.NullMarked;
