@NullMarked
package io.bascule.embedded.script;

import org.jspecify.annotations.NullMarked;
