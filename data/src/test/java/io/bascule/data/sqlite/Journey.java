package io.bascule.data.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.Side;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Change;
import io.bascule.core.port.DataCarrier;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** The steps of a cutover's data leg, each from the state just observed. */
record Journey(DataCarrier carrier) {
    static Journey to(DataCarrier carrier) {
        return new Journey(carrier);
    }

    static Deadline soon() {
        return Deadline.after(Instant.now(), Duration.ofSeconds(30));
    }

    static Image observed(Actuator actuator) {
        Reading reading = actuator.observe(soon());
        assertThat(reading).isInstanceOf(Reading.Seen.class);
        return reading instanceof Reading.Seen seen ? seen.image() : Image.NONE;
    }

    static Outcome ask(Actuator actuator, Image wanted) {
        Instant notAfter = Instant.now().plusSeconds(60);
        return actuator.apply(new Change(UUID.randomUUID().toString(), notAfter, observed(actuator), wanted), soon());
    }

    static void bring(Actuator actuator, Image wanted) {
        assertThat(ask(actuator, wanted)).isInstanceOf(Outcome.Done.class);
        assertThat(observed(actuator).owned()).isEqualTo(wanted.owned());
    }

    Journey leased(Side side) {
        String until =
                Instant.ofEpochMilli(System.currentTimeMillis() + 600_000).toString();
        String millis = until.length() == 20 ? until.replace("Z", ".000Z") : until;
        bring(carrier.fence(side), Image.of("fence", "leased", "until", millis));
        return this;
    }

    Journey closed(Side side) {
        bring(carrier.fence(side), Image.of("fence", "closed"));
        return this;
    }

    Journey open(Side side) {
        bring(carrier.fence(side), Image.of("fence", "open"));
        return this;
    }

    Journey copied() {
        return leased(Side.SOURCE).copiedOnly();
    }

    /** From a source that is fenced already. */
    Journey copiedOnly() {
        bring(carrier.copy(), Image.of("copy", "done"));
        return this;
    }

    Journey captured() {
        bring(carrier.reverse(), Image.of("reverse", "on"));
        return this;
    }

    Journey sourceClosed() {
        return closed(Side.SOURCE);
    }

    Journey over() {
        return copied().captured().sourceClosed().open(Side.TARGET);
    }
}
