/** Reads files about performance: objectives, and figures that somebody wrote down. Every problem at once, at its place. */
@NullMarked
package io.bascule.planfile.objectives;

import org.jspecify.annotations.NullMarked;
