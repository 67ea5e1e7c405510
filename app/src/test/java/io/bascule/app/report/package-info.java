@NullMarked
package io.bascule.app.report;

import org.jspecify.annotations.NullMarked;
