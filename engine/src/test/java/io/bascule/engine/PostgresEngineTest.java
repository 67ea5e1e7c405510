package io.bascule.engine;

import org.junit.jupiter.api.Tag;

@Tag("server")
class PostgresEngineTest extends EngineConformance {
    @Override
    String freshUrl() {
        return Database.postgres();
    }
}
