/**
 * The run's ports made durable: journal, inbox, outbox, leases and timers over JDBC. The store is an SQLite file or a
 * PostgreSQL database; only the URL differs.
 */
@NullMarked
package io.bascule.engine;

import org.jspecify.annotations.NullMarked;
