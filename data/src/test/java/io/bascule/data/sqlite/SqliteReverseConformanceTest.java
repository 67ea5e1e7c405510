package io.bascule.data.sqlite;

import io.bascule.core.port.Actuator;
import io.bascule.core.port.Image;
import io.bascule.testkit.ActuatorConformance;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteReverseConformanceTest extends ActuatorConformance {
    private final Shop shop;

    SqliteReverseConformanceTest(@TempDir Path folder) {
        shop = Shop.rich(folder);
        Journey.to(shop.carrier()).copied();
    }

    @Override
    protected Actuator actuator() {
        return shop.carrier().reverse();
    }

    @Override
    protected Image from() {
        return Image.of("reverse", "off");
    }

    @Override
    protected Image to() {
        return Image.of("reverse", "on");
    }

    @Override
    protected String bystanders() {
        return Shop.content(shop.source) + Shop.content(shop.target);
    }
}
