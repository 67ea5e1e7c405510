/** Load profiles: the file in which people say what to send, and a finished load in words. */
@NullMarked
package io.bascule.app.load;

import org.jspecify.annotations.NullMarked;
