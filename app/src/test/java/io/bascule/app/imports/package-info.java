@NullMarked
package io.bascule.app.imports;

import org.jspecify.annotations.NullMarked;
