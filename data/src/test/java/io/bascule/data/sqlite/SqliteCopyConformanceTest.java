package io.bascule.data.sqlite;

import io.bascule.core.plan.Side;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Image;
import io.bascule.testkit.ActuatorConformance;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteCopyConformanceTest extends ActuatorConformance {
    private final Shop shop;

    SqliteCopyConformanceTest(@TempDir Path folder) {
        shop = Shop.rich(folder);
        Journey.to(shop.carrier()).leased(Side.SOURCE);
    }

    @Override
    protected Actuator actuator() {
        return shop.carrier().copy();
    }

    @Override
    protected Image from() {
        return Image.of("copy", "none");
    }

    @Override
    protected Image to() {
        return Image.of("copy", "done");
    }

    @Override
    protected String bystanders() {
        return Shop.content(shop.source);
    }
}
