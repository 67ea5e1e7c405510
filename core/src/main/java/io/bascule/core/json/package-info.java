/** The one canonical text form of values and records: JSON with sorted keys and no white space. */
@NullMarked
package io.bascule.core.json;

import org.jspecify.annotations.NullMarked;
