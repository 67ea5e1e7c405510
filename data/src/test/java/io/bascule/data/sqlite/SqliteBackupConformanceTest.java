package io.bascule.data.sqlite;

import io.bascule.core.plan.Side;
import io.bascule.core.port.BackupStore;
import io.bascule.testkit.BackupStoreConformance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

class SqliteBackupConformanceTest extends BackupStoreConformance {
    private final Path folder;
    private final Shop shop;

    SqliteBackupConformanceTest(@TempDir Path folder) {
        this.folder = folder;
        this.shop = Shop.plain(folder);
    }

    @Override
    protected BackupStore store() {
        return new SqliteBackup("orders", shop.source, shop.target, folder, InstantSource.system());
    }

    @Override
    protected String scratch() {
        return "scratch.db";
    }

    @Override
    protected String target() {
        return "target.db";
    }

    @Override
    protected boolean writeSource() {
        return shop.order(Side.SOURCE, "more").isPresent();
    }

    @Override
    protected boolean writeScratch() {
        return Shop.write(folder.resolve(scratch()), "INSERT INTO orders(what) VALUES('test')");
    }

    @Override
    protected long sourceRows() {
        return Shop.orders(shop.source).size();
    }

    @Override
    protected long scratchRows() {
        return Shop.orders(folder.resolve(scratch())).size();
    }

    @Override
    protected void breakSource() {
        try {
            Files.writeString(
                    shop.source, "this is no database, and long enough to be taken for a damaged one\n".repeat(99));
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
    }

    @Override
    protected void fenceSource() {
        Journey.to(shop.carrier()).leased(Side.SOURCE);
    }
}
