@NullMarked
package io.bascule.embedded.shop;

import org.jspecify.annotations.NullMarked;
