/** Plans made from other tools' files: what those say is taken over, what they leave out is marked as unanswered. */
@NullMarked
package io.bascule.app.imports;

import org.jspecify.annotations.NullMarked;
