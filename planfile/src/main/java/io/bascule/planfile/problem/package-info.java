/** What is told about a faulty file: codes, places, the words for a terminal. */
@NullMarked
package io.bascule.planfile.problem;

import org.jspecify.annotations.NullMarked;
