package io.bascule.embedded.probe;

import io.bascule.core.plan.Side;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.HealthProbe;
import io.bascule.core.port.Image;
import io.bascule.core.port.WriterControl;
import io.bascule.embedded.shop.Shop;
import io.bascule.embedded.shop.TestShop;
import io.bascule.testkit.ActuatorConformance;
import io.bascule.testkit.HealthProbeConformance;
import io.bascule.testkit.WriterControlConformance;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class HttpAdaptersTest {
    @TempDir
    Path home;

    private Shop source;
    private Shop target;

    @BeforeEach
    void open() throws Exception {
        for (Side side : Side.values()) {
            TestShop.database(home, side.word() + "/shop.db");
            TestShop.configure(home, side.word(), "database=" + side.word() + "/shop.db");
        }
        source = TestShop.start(home, "source");
        target = TestShop.start(home, "target");
    }

    @AfterEach
    void close() {
        source.close();
        target.close();
    }

    private Path database(Side side) {
        return home.resolve(side.word() + "/shop.db");
    }

    @Nested
    class AsAHealthProbe extends HealthProbeConformance {
        @Override
        protected HealthProbe probe() {
            return new HttpHealthProbe(source.uri(), "/health", InstantSource.system());
        }

        @Override
        protected String page() {
            return "/orders/7";
        }

        @Override
        protected String database() {
            return "source/shop.db";
        }

        @Override
        protected void fence(boolean closed) throws Exception {
            TestShop.fence(HttpAdaptersTest.this.database(Side.SOURCE), closed);
        }

        @Override
        protected void stop() {
            source.close();
        }
    }

    @Nested
    class AsAWebApplication extends WriterControlConformance {
        @Override
        protected WriterControl writer() {
            return new HttpWriterControl(source.uri(), target.uri(), "POST /fence-probe", InstantSource.system());
        }

        @Override
        protected void fence(Side side, boolean closed) throws Exception {
            TestShop.fence(database(side), closed);
        }

        @Override
        protected boolean isSingleton() {
            return false;
        }

        @Override
        protected long written(Side side) throws Exception {
            return TestShop.count(database(side), "orders");
        }
    }

    @Nested
    class AsASingleton extends WriterControlConformance {
        @Override
        protected WriterControl writer() {
            URI onSource = URI.create(source.uri() + "/jobs/invoices");
            URI onTarget = URI.create(target.uri() + "/jobs/invoices");
            return new HttpWriterControl(onSource, onTarget, "POST /run-once", InstantSource.system());
        }

        @Override
        protected void fence(Side side, boolean closed) throws Exception {
            TestShop.fence(database(side), closed);
        }

        @Override
        protected boolean isSingleton() {
            return true;
        }

        @Override
        protected long written(Side side) throws Exception {
            return TestShop.count(database(side), "invoices");
        }
    }

    @Nested
    class AsASingletonsActuator extends ActuatorConformance {
        @Override
        protected Actuator actuator() {
            URI onSource = URI.create(source.uri() + "/jobs/invoices");
            URI onTarget = URI.create(target.uri() + "/jobs/invoices");
            return new HttpWriterControl(onSource, onTarget, "POST /run-once", InstantSource.system()).singleton();
        }

        @Override
        protected Image from() {
            return Image.of("source", "running", "target", "paused");
        }

        @Override
        protected Image to() {
            return Image.of("source", "paused", "target", "running");
        }

        @Override
        protected boolean remembersTokens() {
            return false;
        }
    }
}
