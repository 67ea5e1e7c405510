/** What a newcomer runs: the command line and what holds the modules together. */
@NullMarked
package io.bascule.app;

import org.jspecify.annotations.NullMarked;
