/** The sections of the plan file that this module brings. */
@NullMarked
package io.bascule.aws.settings;

import org.jspecify.annotations.NullMarked;
