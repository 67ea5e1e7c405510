package io.bascule.embedded.shop;

import java.sql.SQLException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Whether a database takes a write now: tried and taken back, at most five times a second. Safe for threads. */
final class WriteCheck {
    private static final long FRESH_NANOS = 200_000_000;

    private @Nullable ShopDatabase asked;
    private long askedNanos;
    private boolean answer;

    synchronized boolean accepts(ShopDatabase database) throws InterruptedException {
        if (database != asked || System.nanoTime() - askedNanos > FRESH_NANOS) {
            answer = ask(database);
            asked = database;
            askedNanos = System.nanoTime();
        }
        return answer;
    }

    private static boolean ask(ShopDatabase database) throws InterruptedException {
        try {
            database.tryOut(Shop.TRY);
            return true;
        } catch (SQLException | RejectedExecutionException _) {
            return false;
        }
    }
}
