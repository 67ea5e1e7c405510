/** What a target used while it was under load: asked of meters by their addresses, or read from files. */
@NullMarked
package io.bascule.app.meters;

import org.jspecify.annotations.NullMarked;
