/** Runs under load as evidence: read from files, written as Markdown, HTML and JSON. */
@NullMarked
package io.bascule.app.performance;

import org.jspecify.annotations.NullMarked;
