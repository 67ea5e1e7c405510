package io.bascule.engine;

import org.junit.jupiter.api.Tag;

@Tag("server")
class PostgresCrashTest extends CrashConformance {
    @Override
    String freshUrl() {
        return Database.postgres();
    }

    @Override
    int workers() {
        return 3;
    }
}
