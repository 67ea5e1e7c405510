package io.bascule.embedded.frontdoor;

import io.bascule.core.plan.Metric;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Change;
import io.bascule.core.port.Claim;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Sample;
import io.bascule.core.port.TrafficRouter;
import io.bascule.core.port.TrafficWindow;
import io.bascule.core.port.Verdict;
import io.bascule.embedded.http.HttpCaller;
import io.bascule.embedded.http.HttpCaller.Answered;
import io.bascule.embedded.http.HttpCaller.Call;
import io.bascule.embedded.http.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@link FrontDoor}, driven over its control API. Sessions drain for the time given when a forward stage takes the
 * source's last weight; when the target loses its last weight (a way back) they are moved at once. Safe for threads.
 */
public final class FrontDoorRouter implements TrafficRouter {
    private final Address address;
    private final ControlClient control;
    private final InstantSource clock;
    private volatile String session = Sessions.COOKIE + "=target-ba5c01eba5c01e00";

    /**
     * @param at where users come in, for probes
     * @param control the control API
     * @param probePath a page that both sides answer with less than 500
     * @param drain how long sessions may stay on the source at its last forward stage; zero moves them at once
     */
    public record Address(URI at, URI control, Secret token, String probePath, Duration drain) {}

    /** @param clock the run's clock, which its deadlines are of */
    public FrontDoorRouter(Address address, InstantSource clock) {
        this.address = address;
        this.clock = clock;
        this.control = new ControlClient(address.control(), address.token(), clock);
    }

    @Override
    public Actuator weights() {
        return new DoorActuator(control, "/weights", "traffic", this::drainMillis);
    }

    private long drainMillis(Change change) {
        boolean leavesSource = change.wanted().get("source").equals("0");
        return leavesSource ? address.drain().toMillis() : 0;
    }

    @Override
    public Actuator writes() {
        return new DoorActuator(control, "/writes", "writes", _ -> 0);
    }

    @Override
    public Claim claim() {
        return new DoorClaim(control, clock);
    }

    @Override
    public TrafficWindow.Answer window(Instant from, Instant to, Deadline deadline) {
        ControlClient.Answer answer = metrics(from, to, 95, deadline);
        if (answer.json() == null) {
            return TrafficWindow.Answer.none(answer.why());
        }
        try {
            return TrafficWindow.Answer.of(MetricsJson.window(answer.json()));
        } catch (IllegalArgumentException e) {
            return TrafficWindow.Answer.none("not understood: " + e.getMessage());
        }
    }

    @Override
    public Sample sample(Metric metric, Side side, Instant from, Instant to, Deadline deadline) {
        double percentile = metric.kind() instanceof Metric.Percentile(double wanted) ? wanted : 95;
        ControlClient.Answer answer = metrics(from, to, percentile, deadline);
        if (answer.json() == null) {
            return new Sample.Failed(answer.why());
        }
        try {
            return MetricsJson.sample(metric.kind(), answer.json(), side);
        } catch (IllegalArgumentException e) {
            return new Sample.Failed("not understood: " + e.getMessage());
        }
    }

    private ControlClient.Answer metrics(Instant from, Instant to, double percentile, Deadline deadline) {
        return control.get("/metrics?from=" + from + "&to=" + to + "&percentile=" + percentile, deadline);
    }

    @Override
    public Finding probe(boolean withSession, Deadline deadline) {
        Map<String, String> headers = withSession ? Map.of("Cookie", session) : Map.of();
        Call call = HttpCaller.call(
                "GET", URI.create(address.at() + address.probePath()), headers, "", deadline.left(clock.instant()));
        if (!(call instanceof Answered answered)) {
            return Finding.of(new Verdict.Errored(call.why()));
        }
        @Nullable String side = answered.header("x-bascule-side").orElse(null);
        if (side == null) {
            return Finding.of(new Verdict.Errored("the answer does not tell its side"), "status", answered.status());
        }
        if (withSession) {
            answered.header("set-cookie")
                    .filter(cookie -> cookie.startsWith(Sessions.COOKIE + "="))
                    .ifPresent(cookie -> session = cookie.split(";", 2)[0]);
        }
        Verdict verdict = answered.status() < 500
                ? new Verdict.Pass("answered by " + side)
                : new Verdict.Fail(side + " answered " + answered.status());
        return Finding.of(verdict, "side", side, "status", answered.status());
    }
}
