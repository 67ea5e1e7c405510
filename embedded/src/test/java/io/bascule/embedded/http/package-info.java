@NullMarked
package io.bascule.embedded.http;

import org.jspecify.annotations.NullMarked;
