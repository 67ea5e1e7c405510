/** What would spoil a cutover, looked for before anything is changed. Everything here only reads. */
@NullMarked
package io.bascule.aws.detect;

import org.jspecify.annotations.NullMarked;
