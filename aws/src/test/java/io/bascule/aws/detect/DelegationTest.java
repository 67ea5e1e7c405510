package io.bascule.aws.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Inventory;
import io.bascule.aws.name.Dns;
import io.bascule.core.plan.Entrance;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Verdict;
import io.bascule.planfile.Decoded;
import io.bascule.planfile.PlanFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.GetDnssecRequest;
import software.amazon.awssdk.services.route53.model.GetDnssecResponse;
import software.amazon.awssdk.services.route53.model.GetHostedZoneRequest;
import software.amazon.awssdk.services.route53.model.GetHostedZoneResponse;
import software.amazon.awssdk.services.route53.model.KeySigningKey;
import software.amazon.awssdk.services.route53.model.Route53Exception;

/** A zone that the world asks passes; one that it does not ask, or whose keys are promised wrongly, fails. */
class DelegationTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String DS = "12345 13 2 AB12";

    @TempDir
    Path folder;

    private final World world = new World();
    private boolean privateZone;
    private String signing = "NOT_SIGNING";
    private final List<KeySigningKey> keys = new ArrayList<>();
    private boolean denied;
    private String nameServers = "";
    private String excuse = "";

    /** Names as a test fills them; who is in {@link #silent} does not answer. */
    private static final class World implements Dns {
        final Map<String, Answer> answers = new HashMap<>();
        final Set<String> silent = new HashSet<>();
        final List<String> asked = new ArrayList<>();

        void says(String whoAndWhat, String... values) {
            answers.put(whoAndWhat, new Answer("NOERROR", false, new TreeSet<>(List.of(values))));
        }

        @Override
        public Answer resolver(String name, String type) throws IOException {
            return server("resolver", name, type);
        }

        @Override
        public Answer server(String server, String name, String type) throws IOException {
            asked.add(server + " " + name + " " + type);
            if (silent.contains(server)) {
                throw new IOException("timed out");
            }
            return answers.getOrDefault(
                    server + " " + name + " " + type, new Answer("NXDOMAIN", false, new TreeSet<>()));
        }
    }

    private final class Account implements Route53Client {
        @Override
        public String serviceName() {
            return "fake";
        }

        @Override
        public void close() {}

        @Override
        public GetHostedZoneResponse getHostedZone(GetHostedZoneRequest request) {
            if (denied) {
                throw Route53Exception.builder()
                        .statusCode(403)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("AccessDenied")
                                .errorMessage("you may not")
                                .build())
                        .build();
            }
            return GetHostedZoneResponse.builder()
                    .hostedZone(zone -> zone.name("example.test.").config(config -> config.privateZone(privateZone)))
                    .delegationSet(set -> set.nameServers("NS-1.awsdns-01.test", "ns-2.awsdns-02.test"))
                    .build();
        }

        @Override
        public GetDnssecResponse getDNSSEC(GetDnssecRequest request) {
            return GetDnssecResponse.builder()
                    .status(status -> status.serveSignature(signing).statusMessage("a key is lost"))
                    .keySigningKeys(keys)
                    .build();
        }
    }

    @BeforeEach
    void theParentDelegatesToTheZone() {
        world.says("resolver test. NS", "a.nic.test.", "b.nic.test.");
        world.says("a.nic.test. example.test. NS", "ns-1.awsdns-01.test.", "ns-2.awsdns-02.test.");
        world.says("b.nic.test. example.test. NS", "ns-1.awsdns-01.test.", "ns-2.awsdns-02.test.");
    }

    private Verdict verdict() {
        Clients clients = Clients.of(new Account());
        Inventory inventory = new Inventory(clients, new Calls(InstantSource.fixed(NOW)), "eu-central-1");
        return new Delegation(entrance(), inventory, world, Deadline.after(NOW, Duration.ofSeconds(30)))
                .looked()
                .detection()
                .finding()
                .verdict();
    }

    private Entrance entrance() {
        try {
            String text = Files.readString(Path.of("../examples/aws/plan.yaml"))
                    .replaceAll("    name-servers: .*\n", nameServers + excuse);
            return switch (PlanFile.read(Files.writeString(folder.resolve("plan.yaml"), text), List.of())) {
                case Decoded.Good good -> good.plan().entrance("name");
                case Decoded bad -> throw new AssertionError(bad.told());
            };
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void fails(String... why) {
        assertThat(verdict()).isInstanceOf(Verdict.Fail.class);
        assertThat(verdict().reason()).contains(why);
    }

    private void isUnknown(String... why) {
        assertThat(verdict()).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(verdict().reason()).contains(why);
    }

    private void passes(String... why) {
        assertThat(verdict()).isInstanceOf(Verdict.Pass.class);
        assertThat(verdict().reason()).contains(why);
    }

    @Test
    void a_zone_that_its_parent_delegates_to_passes_and_says_who_was_asked() {
        passes("2 of its 2 name servers named by a.nic.test.", "no signatures, and none promised");
    }

    @Test
    void where_the_next_name_above_is_no_zone_the_one_above_it_is_asked() {
        world.answers.remove("resolver test. NS");
        isUnknown("no parent of it has name servers");
    }

    @Test
    void a_zone_that_nobody_delegates_to_is_found() {
        world.says("a.nic.test. example.test. NS");
        fails("does not delegate example.test.", "excuse it as 'delegation'");
    }

    @Test
    void a_twin_of_the_zone_that_gets_the_users_in_its_place_is_found() {
        world.says("a.nic.test. example.test. NS", "ns-8.awsdns-08.test.", "ns-9.awsdns-09.test.");
        fails("to none of this zone's");
    }

    @Test
    void a_name_server_of_another_provider_beside_the_zones_own_is_found() {
        world.says("a.nic.test. example.test. NS", "ns-1.awsdns-01.test.", "old.provider.test.");
        fails("sends some to old.provider.test.");
    }

    @Test
    void what_is_excused_passes() {
        world.says("a.nic.test. example.test. NS");
        excuse = "    excuse: { delegation: the zone goes live on Monday }\n";
        passes("1 excused");
    }

    @Test
    void a_promise_of_signatures_that_the_zone_does_not_keep_is_found() {
        world.says("a.nic.test. example.test. DS", "12345 13 2 ab12");
        fails("promises signatures (DS), and the zone is not signed");
    }

    @Test
    void a_promised_key_that_is_not_active_is_found() {
        world.says("a.nic.test. example.test. DS", "999 13 2 cd34");
        signing = "SIGNING";
        keys.add(KeySigningKey.builder().status("ACTIVE").dsRecord(DS).build());
        keys.add(KeySigningKey.builder()
                .status("INACTIVE")
                .dsRecord("999 13 2 CD34")
                .build());
        fails("none is an active key");
    }

    @Test
    void signatures_pass_where_a_resolver_vouches_for_them_and_are_unknown_where_none_looks() {
        world.says("a.nic.test. example.test. DS", "12345 13 2 ab12");
        signing = "SIGNING";
        keys.add(KeySigningKey.builder().status("ACTIVE").dsRecord(DS).build());
        world.says("resolver example.test. SOA", "soa");
        isUnknown("does not check them");
        world.answers.put("resolver example.test. SOA", new Dns.Answer("NOERROR", true, new TreeSet<>(List.of("soa"))));
        passes("vouches for");
        world.answers.put("resolver example.test. SOA", new Dns.Answer("SERVFAIL", false, new TreeSet<>()));
        fails("SERVFAIL");
    }

    @Test
    void signatures_that_nobody_promises_harm_nobody() {
        signing = "SIGNING";
        passes("nobody checks them");
    }

    @Test
    void a_zone_whose_signing_is_broken_is_found() {
        signing = "ACTION_NEEDED";
        fails("ACTION_NEEDED: a key is lost");
    }

    @Test
    void a_parents_server_that_is_silent_is_passed_over_and_all_of_them_silent_is_unknown() {
        world.silent.add("a.nic.test.");
        passes("named by b.nic.test.");
        world.silent.add("b.nic.test.");
        isUnknown("b.nic.test. does not answer: timed out");
        world.silent.add("resolver");
        isUnknown("timed out");
    }

    @Test
    void nobody_is_asked_about_a_private_zone_nor_where_the_plan_has_others_asked() {
        privateZone = true;
        passes("a private zone");
        nameServers = "    name-servers: 127.0.0.1:8453\n";
        passes("'127.0.0.1:8453' asked in place");
        assertThat(world.asked).isEmpty();
    }

    @Test
    void a_zone_that_may_not_be_read_is_unknown() {
        denied = true;
        isUnknown("the zone", "you may not");
    }
}
