package io.bascule.engine;

import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

class SqliteEngineTest extends EngineConformance {
    @TempDir
    Path folder = Path.of("");

    @Override
    String freshUrl() {
        return Database.sqlite(folder.resolve(UUID.randomUUID().toString()));
    }
}
