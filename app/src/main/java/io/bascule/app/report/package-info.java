/** The report of a run: measured figures only, each with where it was won. */
@NullMarked
package io.bascule.app.report;

import org.jspecify.annotations.NullMarked;
