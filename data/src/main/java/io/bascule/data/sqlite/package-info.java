/**
 * Carries one SQLite database from the source to the target and home again: the fence, the copy, the comparison, the
 * capture. Everything it needs lies in the databases themselves, in tables and triggers named {@code bascule_…}.
 */
@NullMarked
package io.bascule.data.sqlite;

import org.jspecify.annotations.NullMarked;
