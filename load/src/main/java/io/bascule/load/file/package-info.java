/** A load's results as files: JSON with every histogram, interval logs, CSV, and summaries for other tools. */
@NullMarked
package io.bascule.load.file;

import org.jspecify.annotations.NullMarked;
