package io.bascule.core.sim;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Claim;
import io.bascule.core.port.HealthProbe;
import io.bascule.core.port.Image;
import io.bascule.core.port.Resource;
import io.bascule.core.port.WriterControl;
import io.bascule.testkit.ActuatorConformance;
import io.bascule.testkit.ClaimConformance;
import io.bascule.testkit.HealthProbeConformance;
import io.bascule.testkit.WriterControlConformance;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;

/** The simulated platform keeps to what every adapter keeps to. Nobody runs here, so nobody's run is watched. */
class TwinConformanceTest {
    private static final Instant START = Instant.parse("2026-11-28T21:00:00Z");

    private static SimWorld world(CutoverPlan plan) {
        SimWorld world = new SimWorld(plan, 1, Physics.SOUND, new VirtualClock(START), new SimJournal(false));
        world.invariants().stopWatching();
        return world;
    }

    private static void fence(SimWorld world, Side side, boolean closed) {
        world.datasets()
                .forEach(dataset -> dataset.store(side).fence.become(Image.of("fence", closed ? "closed" : "open")));
    }

    abstract static class Twin extends ActuatorConformance {
        final SimWorld world;
        private final Resource resource;

        Twin(CutoverPlan plan, Resource resource) {
            this.world = world(plan);
            this.resource = resource;
        }

        @Override
        protected Actuator actuator() {
            return world.reach(world.resource(resource));
        }

        @Override
        protected Image from() {
            return world.resource(resource).first;
        }

        @Override
        protected Instant now() {
            return world.clock().now();
        }

        @Override
        protected String bystanders() {
            return world.resource(resource).image.context().toString();
        }

        @Override
        protected void settle() {
            world.pass(Duration.ofSeconds(1));
        }
    }

    @Nested
    class Weights extends Twin {
        Weights() {
            super(SimPlans.dataFirst(), Resource.traffic("web"));
        }

        @Override
        protected Image to() {
            return Image.of("source", "9000", "target", "1000");
        }
    }

    @Nested
    class WeightsOfAName extends Twin {
        WeightsOfAName() {
            super(SimPlans.severalOfEverything(), Resource.traffic("api"));
        }

        @Override
        protected Image to() {
            return Image.of("source", "9000", "target", "1000");
        }
    }

    @Nested
    class Writes extends Twin {
        Writes() {
            super(SimPlans.dataFirst(), Resource.writes("web"));
        }

        @Override
        protected Image to() {
            return Image.of("writes", "reject", "until", "2026-11-29T21:00:00.123Z");
        }
    }

    @Nested
    class Fence extends Twin {
        Fence() {
            super(SimPlans.dataFirst(), Resource.fence("orders", Side.SOURCE));
        }

        @Override
        protected Image to() {
            return Image.of("fence", "closed");
        }
    }

    @Nested
    class Copy extends Twin {
        Copy() {
            super(SimPlans.dataFirst(), Resource.copy("orders"));
            TwinConformanceTest.fence(world, Side.SOURCE, true);
        }

        @Override
        protected Image to() {
            return Image.of("copy", "done");
        }
    }

    @Nested
    class Reverse extends Twin {
        Reverse() {
            super(SimPlans.dataFirst(), Resource.reverse("orders"));
        }

        @Override
        protected Image to() {
            return Image.of("reverse", "on");
        }
    }

    @Nested
    class Configuration extends Twin {
        Configuration() {
            super(SimPlans.dataFirst(), Resource.configuration("source/app.properties"));
        }

        @Override
        protected Image to() {
            return Image.of("database", "target/shop.db");
        }
    }

    @Nested
    class TimeToLive extends Twin {
        TimeToLive() {
            super(SimPlans.stateless(), Resource.dns("name"));
        }

        @Override
        protected Image to() {
            return Image.of("form", "simple", "ttl", "60");
        }
    }

    @Nested
    class OwnerOfAnEntrance extends ClaimConformance {
        private final SimWorld world = world(SimPlans.dataFirst());

        @Override
        protected Claim claim() {
            return world.router("web").claim();
        }

        @Override
        protected Instant now() {
            return world.clock().now();
        }

        @Override
        protected void pass(Duration time) {
            world.pass(time);
        }
    }

    @Nested
    class Application extends HealthProbeConformance {
        private final SimWorld world = world(SimPlans.dataFirst());

        @Override
        protected HealthProbe probe() {
            return world.health(Side.SOURCE);
        }

        @Override
        protected String page() {
            return "/health";
        }

        @Override
        protected String database() {
            return "source/shop.db";
        }

        @Override
        protected void fence(boolean closed) {
            TwinConformanceTest.fence(world, Side.SOURCE, closed);
        }

        @Override
        protected void stop() {
            world.trouble().silent(Side.SOURCE, Duration.ofHours(1).toMillis());
            world.application(Side.SOURCE).healthy = false;
        }

        @Override
        protected Instant now() {
            return world.clock().now();
        }

        @Override
        protected void pass(Duration time) {
            world.pass(time);
        }
    }

    abstract static class TwinWriter extends WriterControlConformance {
        private final SimWorld world = world(SimPlans.dataFirst());
        private final String name;

        TwinWriter(String name) {
            this.name = name;
            TwinConformanceTest.fence(world, Side.TARGET, false);
        }

        @Override
        protected WriterControl writer() {
            return world.writer(name);
        }

        @Override
        protected void fence(Side side, boolean closed) {
            TwinConformanceTest.fence(world, side, closed);
        }

        @Override
        protected long written(Side side) {
            return world.dataset("orders").store(side).writes.cardinality();
        }

        @Override
        protected Instant now() {
            return world.clock().now();
        }

        @Override
        protected void pass(Duration time) {
            world.pass(time);
        }
    }

    @Nested
    class Job extends TwinWriter {
        Job() {
            super("invoices");
        }

        @Override
        protected boolean isSingleton() {
            return true;
        }
    }

    @Nested
    class ApplicationBehindAnEntrance extends TwinWriter {
        ApplicationBehindAnEntrance() {
            super("web");
        }

        @Override
        protected boolean isSingleton() {
            return false;
        }
    }
}
