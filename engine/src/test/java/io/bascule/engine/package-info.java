/** The store and the worker under test: on both databases, under kills, pauses and clock jumps. */
@NullMarked
package io.bascule.engine;

import org.jspecify.annotations.NullMarked;
