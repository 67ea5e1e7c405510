/** Configuration in files, and messages as files. */
@NullMarked
package io.bascule.embedded.files;

import org.jspecify.annotations.NullMarked;
