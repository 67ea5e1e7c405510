@NullMarked
package io.bascule.embedded.files;

import org.jspecify.annotations.NullMarked;
