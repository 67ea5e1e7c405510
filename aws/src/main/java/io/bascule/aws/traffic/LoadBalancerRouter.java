package io.bascule.aws.traffic;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.OpenWrites;
import io.bascule.aws.api.Visit;
import io.bascule.aws.numbers.Noting;
import io.bascule.aws.numbers.Numbers;
import io.bascule.aws.numbers.Passing;
import io.bascule.aws.numbers.Series;
import io.bascule.core.plan.Entrance;
import io.bascule.core.plan.Metric;
import io.bascule.core.plan.Settings;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Claim;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Image;
import io.bascule.core.port.Reading;
import io.bascule.core.port.Sample;
import io.bascule.core.port.TrafficRouter;
import io.bascule.core.port.TrafficWindow;
import io.bascule.core.port.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * One rule of an application load balancer. Which side answered a probe is told by a header of the application's own;
 * where none comes, twenty probes and the weights as read back stand for it, and the finding says so. Safe for threads.
 */
public final class LoadBalancerRouter implements TrafficRouter {
    private static final int PROBES = 20;
    private final Entrance entrance;
    private final Rule rule;
    private final Passing passing;
    private final RuleWeights weights;
    private volatile String session = "";

    public LoadBalancerRouter(Entrance entrance, Clients clients, Calls calls) {
        Settings settings = entrance.router();
        this.entrance = entrance;
        this.rule = new Rule(clients, calls, settings);
        this.passing = new Passing(new Numbers(clients, calls, series(settings)));
        this.weights = new RuleWeights(rule, settings.need("source"), settings.need("target"));
    }

    /** The ARN of what decides: the rule, or else the listener. */
    public static String place(Settings settings) {
        return settings.get("rule").or(() -> settings.get("listener")).orElse("");
    }

    /** {@code TargetGroup} and {@code LoadBalancer}, as the ARNs have them; both, or there is no such series. */
    public static Map<String, String> dimensions(Settings settings, String side) {
        TreeMap<String, String> dimensions = new TreeMap<>();
        dimensions.put("TargetGroup", settings.need(side).replaceFirst("^.*:", ""));
        String[] parts =
                place(settings).replaceFirst("^.*:listener(-rule)?/", "").split("/", -1);
        if (parts.length >= 3) {
            dimensions.put("LoadBalancer", parts[0] + "/" + parts[1] + "/" + parts[2]);
        }
        return dimensions;
    }

    /** Where the figures of a rule are. */
    public static Series series(Settings settings) {
        return Series.of(settings, dimensions(settings, "source"), dimensions(settings, "target"));
    }

    @Override
    public Actuator weights() {
        return new Noting(weights, passing, rule.calls().clock());
    }

    @Override
    public Actuator writes() {
        return new OpenWrites(entrance.name());
    }

    @Override
    public Claim claim() {
        return new RuleClaim(rule);
    }

    @Override
    public TrafficWindow.Answer window(Instant from, Instant to, Deadline deadline) {
        Map<Side, Integer> healthy = new TreeMap<>();
        for (Side side : Side.values()) {
            Call<Map<String, Integer>> call = rule.health(entrance.router().need(side.word()), deadline);
            if (!(call instanceof Call.Answered<Map<String, Integer>>(var states))) {
                return TrafficWindow.Answer.none("target health: " + call.why());
            }
            healthy.put(side, states.getOrDefault("healthy", 0));
        }
        return passing.window(from, to, side -> new Passing.Standing(healthy.getOrDefault(side, 0), ""), deadline);
    }

    @Override
    public Sample sample(Metric metric, Side side, Instant from, Instant to, Deadline deadline) {
        return passing.numbers().sample(metric, side, passing.span(from, to), deadline);
    }

    @Override
    public Finding probe(boolean withSession, Deadline deadline) {
        try {
            Visit.Answer answer = visit(withSession, deadline);
            String side = answer.header(entrance.router().need("side-header")).orElse("");
            if (side.isEmpty()) {
                return byWeights(withSession, deadline);
            }
            Verdict verdict = answer.status() < 500
                    ? new Verdict.Pass("answered by " + side)
                    : new Verdict.Fail(side + " answered " + answer.status());
            return Finding.of(verdict, "side", side, "status", answer.status());
        } catch (IOException e) {
            return Finding.of(new Verdict.Errored(entrance.at() + ": " + e.getMessage()));
        }
    }

    private Visit.Answer visit(boolean withSession, Deadline deadline) throws IOException {
        URI at = URI.create(entrance.at());
        Map<String, String> headers = withSession && !session.isEmpty() ? Map.of("Cookie", session) : Map.of();
        Visit.Answer answer = Visit.get(
                at,
                InetAddress.getByName(at.getHost()),
                headers,
                deadline.left(rule.calls().clock().instant()));
        if (withSession) {
            answer.header("set-cookie").ifPresent(cookie -> session = cookie.split(";", 2)[0]);
        }
        return answer;
    }

    private Finding byWeights(boolean withSession, Deadline deadline) throws IOException {
        for (int i = 0; i < PROBES; i++) {
            int status = visit(withSession, deadline).status();
            if (status >= 500) {
                return Finding.of(new Verdict.Fail("answered " + status), "status", status);
            }
        }
        if (!(weights.observe(deadline) instanceof Reading.Seen(Image image, var _))) {
            return Finding.of(new Verdict.Errored("the weights cannot be read"));
        }
        String side =
                image.get("target").equals("0") ? "source" : image.get("source").equals("0") ? "target" : "";
        return Finding.of(
                side.isEmpty()
                        ? new Verdict.Errored("no answer tells its side, and both have weight")
                        : new Verdict.Pass("weights read back, and " + PROBES + " probes answered"),
                "side",
                side,
                "label",
                "by weights, not by answers");
    }
}
