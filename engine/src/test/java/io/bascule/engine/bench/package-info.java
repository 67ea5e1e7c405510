/** What the store and the worker cost, beside what the disk costs by itself. Each class is a main. */
@NullMarked
package io.bascule.engine.bench;

import org.jspecify.annotations.NullMarked;
