/** The plan file from outside: good plans, bad plans, and everything that is made from the table of keys. */
@NullMarked
package io.bascule.planfile;

import org.jspecify.annotations.NullMarked;
