/** The plan file: YAML to a checked, hashed plan, with every problem at its line and column. */
@NullMarked
package io.bascule.planfile;

import org.jspecify.annotations.NullMarked;
