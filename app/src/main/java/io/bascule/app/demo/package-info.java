/** The main job on this machine, with nothing else installed. */
@NullMarked
package io.bascule.app.demo;

import org.jspecify.annotations.NullMarked;
