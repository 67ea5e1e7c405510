package io.bascule.embedded.frontdoor;

import io.bascule.core.json.Json;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Claim;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Outcome;
import io.bascule.embedded.http.HttpCaller.Answered;
import io.bascule.embedded.http.HttpCaller.Call;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;

/** The door's owner field. An expired claim of another may be taken. */
final class DoorClaim implements Claim {
    private final ControlClient control;
    private final InstantSource clock;

    DoorClaim(ControlClient control, InstantSource clock) {
        this.control = control;
        this.clock = clock;
    }

    @Override
    public Authority take(String owner, Instant until, Deadline deadline) {
        Call call = control.call("PUT", "/claim", Json.write(Json.object("owner", owner, "until", until)), deadline);
        if (call instanceof Answered answered) {
            return switch (answered.status()) {
                case 200 -> new Authority.Granted();
                case 400, 401, 409 -> new Authority.Denied(answered.why());
                default -> new Authority.Untold(answered.why());
            };
        }
        return new Authority.Untold(call.why());
    }

    @Override
    public Authority holds(String owner, Deadline deadline) {
        ControlClient.Answer answer = control.get("/claim", deadline);
        if (answer.json() == null) {
            return new Authority.Untold(answer.why());
        }
        if (answer.json().get("claim") == null) {
            return new Authority.Denied("nobody holds it");
        }
        ClaimMark mark = ClaimMark.parse(Texts.fields(answer.json(), "claim"));
        if (!mark.owner().equals(owner)) {
            return new Authority.Denied("held by " + mark.owner() + " until " + mark.until());
        }
        return mark.heldAt(clock.instant())
                ? new Authority.Granted()
                : new Authority.Denied("expired at " + mark.until());
    }

    @Override
    public Outcome release(String owner, Deadline deadline) {
        String query = "?owner=" + URLEncoder.encode(owner, StandardCharsets.UTF_8);
        return ControlClient.outcome(control.call("DELETE", "/claim" + query, "", deadline));
    }

    @Override
    public Authority takeOverStale(String owner, Instant until, Deadline deadline) {
        return take(owner, until, deadline);
    }
}
