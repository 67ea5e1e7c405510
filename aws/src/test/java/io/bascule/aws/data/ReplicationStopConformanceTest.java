package io.bascule.aws.data;

import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Reading;
import io.bascule.testkit.ActuatorConformance;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;

/** What every actuator keeps to, of a replication task on a server of our own. */
class ReplicationStopConformanceTest extends ActuatorConformance {
    private final FakeMigrations dms = new FakeMigrations();
    private final Clients clients = dms.clients(new FakeFigures());
    private final Actuator actuator = new ReplicationStop(
            clients,
            new Calls(InstantSource.system()),
            FakeMigrations.REGION,
            FakeMigrations.TASK,
            new ReplicationRule(Duration.ofSeconds(5), true, true));

    ReplicationStopConformanceTest() throws IOException {}

    @AfterEach
    void stop() {
        clients.close();
        dms.close();
    }

    @Override
    protected Actuator actuator() {
        return actuator;
    }

    @Override
    protected Image from() {
        return Image.of("switched", "no");
    }

    @Override
    protected Image to() {
        return Image.of("switched", "yes");
    }

    @Override
    protected String bystanders() {
        return dms.tables.toString();
    }

    @Override
    protected boolean remembersTokens() {
        return false;
    }

    @Override
    protected void settle() {
        Deadline soon = Deadline.after(Instant.now(), Duration.ofSeconds(10));
        while (actuator.observe(soon) instanceof Reading.Seen seen
                && seen.pending().isPresent()) {
            // each look brings the task nearer to where it is going
        }
    }
}
