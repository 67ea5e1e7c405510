@NullMarked
package io.bascule.load.scenario;

import org.jspecify.annotations.NullMarked;
