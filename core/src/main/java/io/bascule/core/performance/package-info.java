/**
 * What load showed: a run's figures, compared with an earlier run's and held against objectives, scored and put into
 * words. Pure; who measured the figures is told in them.
 */
@NullMarked
package io.bascule.core.performance;

import org.jspecify.annotations.NullMarked;
