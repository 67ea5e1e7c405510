/** The demo's world: two live applications, a front door and the users on it, as a process of its own. */
@NullMarked
package io.bascule.app.world;

import org.jspecify.annotations.NullMarked;
