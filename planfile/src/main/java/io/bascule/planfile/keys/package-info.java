/** The table of keys: types, defaults and docs, from which decoder, schema, explain and reference page all come. */
@NullMarked
package io.bascule.planfile.keys;

import org.jspecify.annotations.NullMarked;
