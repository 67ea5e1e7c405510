package io.bascule.data.sqlite;

import io.bascule.core.plan.Side;
import io.bascule.core.port.DataCarrier;
import io.bascule.testkit.DataCarrierConformance;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;

class SqliteCarrierConformanceTest extends DataCarrierConformance {
    private final Shop shop;

    SqliteCarrierConformanceTest(@TempDir Path folder) {
        shop = Shop.plain(folder);
    }

    @Override
    protected DataCarrier carrier() {
        return shop.carrier();
    }

    @Override
    protected Instant now() {
        return Instant.now();
    }

    @Override
    protected void awaitPast(Instant instant) {
        while (!now().isAfter(instant)) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    protected Duration shortLease() {
        return Duration.ofMillis(1200);
    }

    @Override
    protected OptionalLong insert(Side side, String text) {
        return shop.order(side, text);
    }

    @Override
    protected boolean update(Side side, long id, String text) {
        return Shop.write(shop.file(side), "UPDATE orders SET what = ? WHERE id = ?", text, id);
    }

    @Override
    protected boolean delete(Side side, long id) {
        return Shop.write(shop.file(side), "DELETE FROM orders WHERE id = ?", id);
    }

    @Override
    protected SortedMap<Long, String> rows(Side side) {
        return Shop.orders(shop.file(side));
    }

    @Override
    protected void breakCapture() {
        Shop.run(shop.target, "DROP TRIGGER \"bascule_reverse_after_insert:orders\"");
    }

    @Override
    protected void writeUnseen(Side side, String text) {
        Shop.writeUnseen(shop.file(side), "UPDATE orders SET what = '" + text + "' WHERE id = 1");
    }
}
