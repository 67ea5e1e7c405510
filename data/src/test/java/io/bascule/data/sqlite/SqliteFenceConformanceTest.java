package io.bascule.data.sqlite;

import io.bascule.core.plan.Side;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Image;
import io.bascule.testkit.ActuatorConformance;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class SqliteFenceConformanceTest {
    private static final Image OPEN = Image.of("fence", "open");
    private static final Image CLOSED = Image.of("fence", "closed");

    private static Image leased() {
        Instant until = Instant.now().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(2));
        return Image.of("fence", "leased", "until", until.toString().replace("Z", ".000Z"));
    }

    abstract static class OfSource extends ActuatorConformance {
        final Shop shop;
        private final Image to;

        OfSource(Path folder, Image to) {
            this.shop = Shop.rich(folder);
            this.to = to;
        }

        @Override
        protected Actuator actuator() {
            return shop.carrier().fence(Side.SOURCE);
        }

        @Override
        protected Image from() {
            return OPEN;
        }

        @Override
        protected Image to() {
            return to;
        }

        @Override
        protected String bystanders() {
            return Shop.content(shop.source) + Shop.content(shop.target);
        }
    }

    @Nested
    class OpenToLeased extends OfSource {
        OpenToLeased(@TempDir Path folder) {
            super(folder, leased());
        }
    }

    @Nested
    class OpenToClosed extends OfSource {
        OpenToClosed(@TempDir Path folder) {
            super(folder, CLOSED);
        }
    }

    @Nested
    class TargetClosedToOpen extends OfSource {
        TargetClosedToOpen(@TempDir Path folder) {
            super(folder, OPEN);
            Journey.to(shop.carrier()).copied().captured().sourceClosed();
        }

        @Override
        protected Actuator actuator() {
            return shop.carrier().fence(Side.TARGET);
        }

        @Override
        protected Image from() {
            return CLOSED;
        }
    }
}
