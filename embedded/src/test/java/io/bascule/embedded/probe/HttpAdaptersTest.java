package io.bascule.embedded.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.Side;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.HealthProbe;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import io.bascule.core.port.WriterControl;
import io.bascule.embedded.http.HttpCaller;
import io.bascule.embedded.shop.Shop;
import io.bascule.embedded.shop.TestShop;
import io.bascule.testkit.ActuatorConformance;
import io.bascule.testkit.HealthProbeConformance;
import io.bascule.testkit.WriterControlConformance;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
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

    @Test
    void a_singletons_change_that_was_broken_off_is_seen_as_half_and_is_finished() {
        URI onSource = URI.create(source.uri() + "/jobs/invoices");
        URI onTarget = URI.create(target.uri() + "/jobs/invoices");
        Actuator jobs = new HttpWriterControl(onSource, onTarget, "POST /run-once", InstantSource.system()).singleton();
        Deadline soon = Deadline.after(Instant.now(), Duration.ofSeconds(10));
        Image before = ((Reading.Seen) jobs.observe(soon)).image();
        Image leased = Image.of(
                "source",
                "paused",
                "else-source",
                "running",
                "target",
                "paused",
                "else-target",
                "paused",
                "until",
                Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.MILLIS).toString());
        assertThat(jobs.apply(new Change("a", Instant.now().plusSeconds(10), before, leased), soon))
                .isInstanceOf(Outcome.Done.class);

        HttpCaller.call("POST", URI.create(onTarget + "/pause"), Map.of(), "{}", Duration.ofSeconds(10));

        Image half = ((Reading.Seen) jobs.observe(soon)).image();
        assertThat(half.sameState(leased)).isFalse();
        assertThat(half.sameState(before)).isFalse();
        assertThat(half.isBetween(leased, before)).as(half.brief()).isTrue();
        assertThat(jobs.apply(new Change("b", Instant.now().plusSeconds(10), half, before), soon))
                .isInstanceOf(Outcome.Done.class);
        assertThat(((Reading.Seen) jobs.observe(soon)).image().sameState(before))
                .isTrue();
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
