/** The demo's application: a shop on SQLite that reads its database's place from a file, and the world around it. */
@NullMarked
package io.bascule.embedded.shop;

import org.jspecify.annotations.NullMarked;
