/** The report as data; rendered elsewhere. */
@NullMarked
package io.bascule.core.report;

import org.jspecify.annotations.NullMarked;
