package io.bascule.embedded.frontdoor;

import io.bascule.core.port.Actuator;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** One of the door's two resources: weights or writes. */
final class DoorActuator implements Actuator {
    private final ControlClient control;
    private final String path;
    private final String member;
    private final ToLongFunction<Change> drainMillis;

    DoorActuator(ControlClient control, String path, String member, ToLongFunction<Change> drainMillis) {
        this.control = control;
        this.path = path;
        this.member = member;
        this.drainMillis = drainMillis;
    }

    @Override
    public Authority authorise(Deadline deadline) {
        ControlClient.Answer answer = control.get("/state", deadline);
        if (answer.json() != null) {
            return new Authority.Granted();
        }
        return answer.status() == 401 ? new Authority.Denied(answer.why()) : new Authority.Untold(answer.why());
    }

    @Override
    public Reading observe(Deadline deadline) {
        ControlClient.Answer answer = control.get("/state", deadline);
        if (answer.json() == null) {
            return new Reading.Unseen(answer.why());
        }
        try {
            Image image = new Image(Texts.fields(answer.json(), member), new TreeMap<>());
            return new Reading.Seen(image.withContext("revision", Texts.text(answer.json(), "revision")));
        } catch (IllegalArgumentException e) {
            return new Reading.Unseen("not understood: " + e.getMessage());
        }
    }

    @Override
    public boolean refusesLate() {
        return true;
    }

    @Override
    public Outcome apply(Change change, Deadline deadline) {
        return control.put(path, change, drainMillis.applyAsLong(change), deadline);
    }
}
