package io.bascule.engine;

import org.junit.jupiter.api.Tag;

@Tag("server")
class PostgresStoreTest extends StoreConformance {
    @Override
    String freshUrl() {
        return Database.postgres();
    }
}
