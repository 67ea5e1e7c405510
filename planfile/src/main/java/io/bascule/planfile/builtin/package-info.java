/** The adapters' own sections that the plan file knows without any other module. */
@NullMarked
package io.bascule.planfile.builtin;

import org.jspecify.annotations.NullMarked;
