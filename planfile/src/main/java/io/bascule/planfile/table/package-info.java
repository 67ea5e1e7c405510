/** The plan's own tables of keys, each beside the record that it becomes. */
@NullMarked
package io.bascule.planfile.table;

import org.jspecify.annotations.NullMarked;
