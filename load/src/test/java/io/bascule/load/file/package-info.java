@NullMarked
package io.bascule.load.file;

import org.jspecify.annotations.NullMarked;
