/** YAML as a tree whose every value knows its place, and what can be done with such a tree before it means anything. */
@NullMarked
package io.bascule.planfile.tree;

import org.jspecify.annotations.NullMarked;
