package io.bascule.aws.name;

import io.bascule.aws.api.Allowance;
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
import io.bascule.core.port.Sample;
import io.bascule.core.port.TrafficRouter;
import io.bascule.core.port.TrafficWindow;
import io.bascule.core.port.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.xbill.DNS.Record;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * An entrance whose weights are records of a hosted zone. Weights are shares of resolvers, not of requests: what users
 * do is read from the sides' own metrics. A probe asks a name server for the name and visits the answer, so it tells the
 * side by the record that answered. Safe for threads.
 */
public final class NameRouter implements TrafficRouter {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private final Entrance entrance;
    private final Zone zone;
    private final Sides sides;
    private final Passing passing;
    private final NameServers servers;
    private final NameActuator weights;
    private final NameActuator preparation;
    private final Optional<TargetCheck> check;

    public static NameRouter of(Entrance entrance, Clients clients, Calls calls) {
        Settings settings = entrance.router();
        Zone zone = new Zone(clients, settings.need("region"), settings.need("zone"), calls);
        Passing passing = new Passing(new Numbers(clients, calls, series(settings)));
        NameServers servers = new NameServers(zone, settings.need("name-servers"), BETWEEN_LOOKS);
        return new NameRouter(entrance, zone, Sides.of(settings), passing, servers);
    }

    /** Where the figures of a name are. */
    public static Series series(Settings settings) {
        return Series.of(
                settings,
                Series.dimensions(settings.need("numbers.source")),
                Series.dimensions(settings.need("numbers.target")));
    }

    NameRouter(Entrance entrance, Zone zone, Sides sides, Passing passing, NameServers servers) {
        this.entrance = entrance;
        this.zone = zone;
        this.sides = sides;
        this.passing = passing;
        this.servers = servers;
        this.weights = NameActuator.weights(zone, sides, Allowance.ROUTE_53, servers);
        this.preparation = NameActuator.preparation(zone, sides, Allowance.ROUTE_53, servers);
        this.check = sides.check().map(name -> new TargetCheck(zone.checks(), name));
    }

    @Override
    public Actuator weights() {
        return new Noting(weights, passing, zone.calls().clock());
    }

    /** The {@code DNS} resource. */
    public Actuator preparation() {
        return preparation;
    }

    @Override
    public Actuator writes() {
        return new OpenWrites(entrance.name());
    }

    @Override
    public Claim claim() {
        return new NameClaim(zone, sides.record());
    }

    @Override
    public TrafficWindow.Answer window(Instant from, Instant to, Deadline deadline) {
        Call<List<ResourceRecordSet>> call = zone.read(sides.record(), deadline);
        if (!(call instanceof Call.Answered<List<ResourceRecordSet>>(var sets))) {
            return TrafficWindow.Answer.none(call.why());
        }
        NameRecords records = new NameRecords(sides, sets);
        return passing.window(from, to, side -> standing(records, side, deadline), deadline);
    }

    private Passing.Standing standing(NameRecords records, Side side, Deadline deadline) {
        if (!answers(records, side, deadline)) {
            return new Passing.Standing(0, "our own probe has no answer from it");
        }
        Optional<String> against =
                side == Side.TARGET ? check.flatMap(each -> each.against(records, deadline)) : Optional.empty();
        return new Passing.Standing(against.isEmpty() ? 1 : 0, against.orElse(""));
    }

    /** Whether what a side's record leads to answers our own probe; Route 53's health checks are a second opinion. */
    private boolean answers(NameRecords records, Side side, Deadline deadline) {
        for (RRType type : sides.types()) {
            Optional<ResourceRecordSet> set = side == Side.SOURCE ? records.source(type) : wanted(records, type);
            if (set.map(NameRouter::leadsTo).orElse(List.of()).stream().anyMatch(place -> answers(place, deadline))) {
                return true;
            }
        }
        return false;
    }

    private boolean answers(String place, Deadline deadline) {
        try {
            return visit(InetAddress.getByName(place), deadline).status() < 500;
        } catch (IOException e) {
            return false; // what does not answer is no healthy target, whatever the reason
        }
    }

    /** What the source's records lead to now, by type: addresses, or names as Route 53 writes them. */
    public Call<Map<String, List<String>>> source(Deadline deadline) {
        return zone.read(sides.record(), deadline).map(sets -> {
            NameRecords records = new NameRecords(sides, sets);
            Map<String, List<String>> places = new TreeMap<>();
            for (RRType type : sides.types()) {
                records.source(type).ifPresent(set -> places.put(type.toString(), leadsTo(set)));
            }
            return places;
        });
    }

    private Optional<ResourceRecordSet> wanted(NameRecords records, RRType type) {
        return records.target(type).or(() -> Optional.ofNullable(sides.target().get(type)));
    }

    /** The values of a record, or the name of its alias. */
    public static List<String> leadsTo(ResourceRecordSet set) {
        return ZoneRules.isAlias(set)
                ? List.of(set.aliasTarget().dnsName())
                : set.resourceRecords().stream().map(ResourceRecord::value).toList();
    }

    private Visit.Answer visit(InetAddress address, Deadline deadline) throws IOException {
        return Visit.get(
                URI.create(entrance.at()),
                address,
                Map.of(),
                deadline.left(zone.calls().clock().instant()));
    }

    @Override
    public Sample sample(Metric metric, Side side, Instant from, Instant to, Deadline deadline) {
        return passing.numbers().sample(metric, side, passing.span(from, to), deadline);
    }

    /** A name knows no sessions: with one or without, the answer is the same. */
    @Override
    public Finding probe(boolean withSession, Deadline deadline) {
        Call<List<ResourceRecordSet>> call = zone.read(sides.record(), deadline);
        if (!(call instanceof Call.Answered<List<ResourceRecordSet>>(var sets))) {
            return Finding.of(new Verdict.Errored(call.why()));
        }
        NameRecords records = new NameRecords(sides, sets);
        try {
            List<InetAddress> answers = resolve(deadline);
            if (answers.isEmpty()) {
                return Finding.of(new Verdict.Errored("no name server answers with an address of " + sides.record()));
            }
            String side = side(records, answers.getFirst());
            int status = visit(answers.getFirst(), deadline).status();
            Verdict verdict = side.isEmpty()
                    ? new Verdict.Errored(answers.getFirst().getHostAddress() + " is of neither side")
                    : status < 500
                            ? new Verdict.Pass("answered by " + side)
                            : new Verdict.Fail(side + " answered " + status);
            return Finding.of(
                    verdict,
                    "side",
                    side,
                    "status",
                    status,
                    "address",
                    answers.getFirst().getHostAddress());
        } catch (IOException e) {
            return Finding.of(new Verdict.Errored(sides.record() + ": " + e.getMessage()));
        }
    }

    private List<InetAddress> resolve(Deadline deadline) throws IOException {
        List<InetAddress> found = new ArrayList<>();
        for (String server : servers.addresses(deadline) instanceof Call.Answered<List<String>>(var known)
                ? known
                : List.<String>of()) {
            for (Record answer : NameServers.ask(
                    server, sides.record(), sides.types().getFirst().toString())) {
                found.addAll(List.of(InetAddress.getAllByName(answer.rdataToString())));
            }
            if (!found.isEmpty()) {
                return found;
            }
        }
        return found;
    }

    private String side(NameRecords records, InetAddress answer) throws UnknownHostException {
        for (Side side : Side.values()) {
            for (RRType type : sides.types()) {
                Optional<ResourceRecordSet> set = side == Side.SOURCE ? records.source(type) : wanted(records, type);
                for (String place : set.map(NameRouter::leadsTo).orElse(List.of())) {
                    if (List.of(InetAddress.getAllByName(place)).contains(answer)) {
                        return side.word();
                    }
                }
            }
        }
        return "";
    }
}
