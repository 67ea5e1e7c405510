package io.bascule.aws.name;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Peers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.route53.model.ChangeInfo;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * Route 53's documented rules, asked of Route 53 itself in a throw-away zone: what no server of the tests enforces, and
 * whether our own rules say the same. Run by {@code mvn -Paws-live}, docs/aws.md. Everything it makes has a random name
 * under {@value #PREFIX}, and is deleted in all cases; what a killed run left is deleted by the next.
 */
@Tag("aws-live")
class ZoneRulesLive {
    private static final String PREFIX = "bascule-live-";
    private static final String VARIABLE = "BASCULE_LIVE_ZONE";
    private static final String REGION = "us-east-1";
    private static final int TRIES = 30;
    private final Clients clients = new Clients("");
    private final String label = PREFIX
            + Long.toUnsignedString(new Random().nextLong(), Character.MAX_RADIX)
                    .toLowerCase(Locale.ROOT);
    private Zone zone;
    private String zoneName;

    /**
     * One batch on records that stand there.
     *
     * @param seen what the batch deletes unless it is wanted; other than what stands there only where that is the question
     * @param ours whether our own rules must refuse what is wanted; empty where they have no say
     */
    private record Row(
            String name,
            List<ResourceRecordSet> standing,
            List<ResourceRecordSet> seen,
            List<ResourceRecordSet> wanted,
            boolean refused,
            Optional<Boolean> ours) {
        static Row refused(String name, List<ResourceRecordSet> standing, List<ResourceRecordSet> wanted) {
            return new Row(name, standing, standing, wanted, true, Optional.of(true));
        }

        static Row taken(String name, List<ResourceRecordSet> standing, List<ResourceRecordSet> wanted) {
            return new Row(name, standing, standing, wanted, false, Optional.of(false));
        }

        /** Another record is deleted than the one that stands there. */
        static Row stale(String name, ResourceRecordSet standing, ResourceRecordSet seen) {
            return new Row(name, List.of(standing), List.of(seen), List.of(), true, Optional.empty());
        }
    }

    @BeforeEach
    void open() {
        String id = Optional.ofNullable(System.getenv(VARIABLE))
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> new IllegalStateException(VARIABLE
                        + " is not set: make a public hosted zone for this alone and put its id there, with credentials of"
                        + " the account in the environment; see docs/aws.md"));
        zone = new Zone(clients, REGION, id, Peers.calls());
        zoneName = clients.route53(REGION)
                .getHostedZone(get -> get.id(id))
                .hostedZone()
                .name();
        assertThat(all(id))
                .as(
                        "a throw-away zone has nothing but its own NS and SOA: these records are somebody's, nothing was changed")
                .allMatch(set -> isOfTheZone(set) || isOurs(set));
        sweep(id, PREFIX);
    }

    @AfterEach
    void close() {
        try {
            if (zoneName != null) {
                sweep(System.getenv(VARIABLE), label);
            }
        } finally {
            clients.close();
        }
    }

    private boolean isOfTheZone(ResourceRecordSet set) {
        return set.name().equals(zoneName) && (set.type() == RRType.NS || set.type() == RRType.SOA);
    }

    private static boolean isOurs(ResourceRecordSet set) {
        return set.name().startsWith(PREFIX);
    }

    private List<ResourceRecordSet> all(String id) {
        return clients
                .route53(REGION)
                .listResourceRecordSetsPaginator(list -> list.hostedZoneId(id))
                .resourceRecordSets()
                .stream()
                .toList();
    }

    /** Deletes every record whose name begins so, each exactly as it is. */
    private void sweep(String id, String prefix) {
        List<ResourceRecordSet> left =
                all(id).stream().filter(set -> set.name().startsWith(prefix)).toList();
        if (!left.isEmpty()) {
            must(() -> zone.replace(left, List.of(), "bascule aws-live: clean-up", Peers.soon()));
        }
        assertThat(all(id))
                .as("what was made is deleted")
                .noneMatch(set -> set.name().startsWith(prefix));
    }

    /** Too many requests a second are no answer to the question. */
    private static Call<ChangeInfo> patiently(Supplier<Call<ChangeInfo>> call) {
        Call<ChangeInfo> answer = call.get();
        for (int i = 0; i < TRIES && answer instanceof Call.Rejected<ChangeInfo> no && no.again(); i++) {
            try {
                Thread.sleep(1000);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            answer = call.get();
        }
        return answer;
    }

    private static void must(Supplier<Call<ChangeInfo>> call) {
        assertThat(patiently(call)).isInstanceOf(Call.Answered.class);
    }

    private ResourceRecordSet simple(RRType type, long ttl, String... values) {
        return ResourceRecordSet.builder()
                .name(label + "." + zoneName)
                .type(type)
                .ttl(ttl)
                .resourceRecords(Stream.of(values)
                        .map(value -> ResourceRecord.builder().value(value).build())
                        .toList())
                .build();
    }

    private ResourceRecordSet weighted(String id, long weight, long ttl, String... values) {
        return simple(RRType.A, ttl, values).toBuilder()
                .setIdentifier(id)
                .weight(weight)
                .build();
    }

    private static List<ResourceRecordSet> with(ResourceRecordSet... sets) {
        return List.of(sets);
    }

    private List<Row> rows() {
        ResourceRecordSet simple = simple(RRType.A, 60, "192.0.2.1");
        ResourceRecordSet source = weighted("source", 100, 60, "192.0.2.1");
        ResourceRecordSet target = weighted("target", 0, 60, "192.0.2.2");
        ResourceRecordSet slower = weighted("target", 0, 300, "192.0.2.2");
        ResourceRecordSet two = weighted("target", 0, 60, "192.0.2.2", "192.0.2.3");
        ResourceRecordSet heavy = weighted("target", 256, 60, "192.0.2.2");
        ResourceRecordSet nameless =
                simple(RRType.A, 60, "192.0.2.2").toBuilder().weight(1L).build();
        ResourceRecordSet weightless = simple(RRType.A, 60, "192.0.2.2").toBuilder()
                .setIdentifier("target")
                .build();
        ResourceRecordSet cname = simple(RRType.CNAME, 60, "elsewhere.example.com");
        ResourceRecordSet other = simple(RRType.A, 60, "192.0.2.2");
        return List.of(
                Row.refused("a weighted record beside a simple one", with(simple), with(simple, target)),
                Row.refused("a simple record beside a weighted one", with(source), with(source, other)),
                Row.refused("a second simple record", with(simple), with(simple, other)),
                Row.refused("two times to live in a weighted set", with(source), with(source, slower)),
                Row.refused("two values in a weighted record", with(source), with(source, two)),
                Row.refused("a weight of 256", with(source), with(source, heavy)),
                Row.refused("a weight without an identifier", List.of(), with(nameless)),
                Row.refused("an identifier without a weight", List.of(), with(weightless)),
                Row.refused("a CNAME beside an address", with(simple), with(simple, cname)),
                Row.refused("an address beside a CNAME", with(cname), with(cname, simple)),
                Row.stale("a DELETE with another weight", source, weighted("source", 7, 60, "192.0.2.1")),
                Row.stale("a DELETE with another time to live", source, weighted("source", 100, 61, "192.0.2.1")),
                Row.stale("a DELETE with another value", source, weighted("source", 100, 60, "192.0.2.9")),
                Row.taken("simple to weighted in one batch", with(simple), with(source, target)),
                Row.taken("weighted to simple in one batch", with(source, target), with(simple)),
                Row.taken(
                        "both weights in one batch",
                        with(source, target),
                        with(weighted("source", 50, 60, "192.0.2.1"), weighted("target", 50, 60, "192.0.2.2"))));
    }

    @TestFactory
    Stream<DynamicTest> route_53_says_what_its_documentation_says_and_our_rules_say_the_same() {
        return rows().stream().map(row -> DynamicTest.dynamicTest(row.name(), () -> ask(row)));
    }

    private void ask(Row row) {
        String id = System.getenv(VARIABLE);
        try {
            if (!row.standing().isEmpty()) {
                must(() -> zone.replace(List.of(), row.standing(), "bascule aws-live", Peers.soon()));
            }
            Call<ChangeInfo> answer =
                    patiently(() -> zone.replace(row.seen(), row.wanted(), "bascule aws-live", Peers.soon()));
            System.out.println(row.name() + ": " + answer.why());
            assertThat(answer)
                    .as(row.name() + ", " + answer.why())
                    .isInstanceOf(row.refused() ? Call.Rejected.class : Call.Answered.class);
            List<ResourceRecordSet> there =
                    all(id).stream().filter(set -> set.name().startsWith(label)).toList();
            assertThat(new ArrayList<>(there))
                    .as("what stands there afterwards")
                    .containsExactlyInAnyOrderElementsOf(row.refused() ? row.standing() : row.wanted());
            row.ours()
                    .ifPresent(refused -> assertThat(
                                    !ZoneRules.faults(row.wanted()).isEmpty())
                            .as("our own rules: " + ZoneRules.faults(row.wanted()))
                            .isEqualTo(refused));
        } finally {
            sweep(id, label);
        }
    }
}
