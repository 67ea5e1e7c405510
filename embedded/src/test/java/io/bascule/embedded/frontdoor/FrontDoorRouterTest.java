package io.bascule.embedded.frontdoor;

import io.bascule.core.port.Actuator;
import io.bascule.core.port.Claim;
import io.bascule.core.port.Image;
import io.bascule.core.port.TrafficRouter;
import io.bascule.embedded.http.HttpReply;
import io.bascule.embedded.http.RawClient;
import io.bascule.testkit.ActuatorConformance;
import io.bascule.testkit.ClaimConformance;
import io.bascule.testkit.TrafficRouterConformance;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class FrontDoorRouterTest {
    @TempDir
    static Path folder;

    private static Path fresh() throws Exception {
        return java.nio.file.Files.createTempDirectory(folder, "door");
    }

    @Nested
    class AsARouter extends TrafficRouterConformance {
        private final AtomicLong accepted = new AtomicLong();
        private final List<RawClient> writers = new ArrayList<>();
        private Rig rig;

        @BeforeEach
        void open() throws Exception {
            rig = Rig.start(fresh(), this::answer, this::answer, config -> config.withSticky(true));
        }

        private HttpReply answer(io.bascule.embedded.http.HttpAsk ask) {
            if (ask.method().equals("POST")) {
                accepted.incrementAndGet();
            }
            return HttpReply.text(200, "ok");
        }

        @AfterEach
        void close() throws Exception {
            for (RawClient writer : writers) {
                writer.close();
            }
            rig.close();
        }

        @Override
        protected TrafficRouter router() {
            return rig.router();
        }

        @Override
        protected void usersRead(int requests) throws Exception {
            try (RawClient client = rig.client()) {
                for (int i = 0; i < requests; i++) {
                    client.get("/");
                }
            }
        }

        @Override
        protected void userWrites() throws Exception {
            writers.add(rig.client().post("/orders", "x"));
        }

        @Override
        protected long writesAccepted() {
            return accepted.get();
        }
    }

    @Nested
    class AsAClaim extends ClaimConformance {
        private Rig rig;

        @BeforeEach
        void open() throws Exception {
            rig = Rig.start(fresh());
        }

        @AfterEach
        void close() {
            rig.close();
        }

        @Override
        protected Claim claim() {
            return rig.router().claim();
        }
    }

    @Nested
    class AsWeights extends ActuatorConformance {
        private Rig rig;

        @BeforeEach
        void open() throws Exception {
            rig = Rig.start(fresh());
        }

        @AfterEach
        void close() {
            rig.close();
        }

        @Override
        protected Actuator actuator() {
            return rig.router().weights();
        }

        @Override
        protected Image from() {
            return Image.of("source", "10000", "target", "0");
        }

        @Override
        protected Image to() {
            return Image.of("source", "9000", "target", "1000");
        }

        @Override
        protected String bystanders() {
            return Rig.read(rig.router().writes().observe(Rig.soon())).brief();
        }
    }

    @Nested
    class AsWrites extends ActuatorConformance {
        private final String until = Instant.now().plusSeconds(60).toString();
        private Rig rig;

        @BeforeEach
        void open() throws Exception {
            rig = Rig.start(fresh());
        }

        @AfterEach
        void close() {
            rig.close();
        }

        @Override
        protected Actuator actuator() {
            return rig.router().writes();
        }

        @Override
        protected Image from() {
            return Image.of("writes", "open");
        }

        @Override
        protected Image to() {
            return Image.of("writes", "hold", "until", until);
        }

        @Override
        protected String bystanders() {
            return Rig.read(rig.router().weights().observe(Rig.soon())).brief();
        }
    }
}
