@NullMarked
package io.bascule.planfile.objectives;

import org.jspecify.annotations.NullMarked;
