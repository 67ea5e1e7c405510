/** One class per command. */
@NullMarked
package io.bascule.app.command;

import org.jspecify.annotations.NullMarked;
