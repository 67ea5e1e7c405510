@NullMarked
package io.bascule.app.world;

import org.jspecify.annotations.NullMarked;
