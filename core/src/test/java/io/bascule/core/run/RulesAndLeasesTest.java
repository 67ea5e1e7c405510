package io.bascule.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.Gate;
import io.bascule.core.port.Image;
import io.bascule.core.port.Resource;
import io.bascule.core.sim.SimPlans;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RulesAndLeasesTest {
    private static final Instant UNTIL = Instant.parse("2026-11-28T21:00:20Z");

    private static GateState approvedBy(String... who) {
        GateState gate = GateState.asked(UNTIL);
        for (String person : who) {
            gate = gate.approvedBy(new GateState.Approval(person, "os:" + person, false, UNTIL));
        }
        return gate;
    }

    private static boolean quorum(int need, boolean alone, String... who) {
        RunState state = new RunState();
        state.startedBy = "ana";
        Gate gate = new Gate(List.of("lead"), need, Duration.ofMinutes(5), alone, Optional.empty());
        return Rules.quorum(SimPlans.dataFirst(), state, gate, approvedBy(who));
    }

    @Test
    void the_same_person_counts_once() {
        assertThat(quorum(2, true, "ana", "ana")).isFalse();
        assertThat(quorum(2, true, "ana", "ben")).isTrue();
    }

    @Test
    void the_requester_alone_is_enough_only_where_the_plan_says_so() {
        assertThat(quorum(1, true, "ana")).isTrue();
        assertThat(quorum(1, false, "ana")).isFalse();
        assertThat(quorum(1, false, "ben")).isTrue();
    }

    @Test
    void an_early_commit_binds_only_when_the_target_takes_writes() {
        RunState state = new RunState();
        Fold.gate(state, "commit", _ -> GateState.asked(UNTIL).pass());

        assertThat(Rules.committed(SimPlans.commitFirst(), state)).isFalse();
        state.targetOpened = true;
        assertThat(Rules.committed(SimPlans.commitFirst(), state)).isTrue();
    }

    @Test
    void the_turnaround_leaves_time_to_go_back_and_the_margin() {
        RunState state = new RunState();
        state.startedAt = UNTIL;

        Instant turnaround = Rules.turnaround(SimPlans.dataFirst(), state);

        assertThat(turnaround)
                .isEqualTo(UNTIL.plus(Duration.ofHours(6))
                        .minus(Duration.ofMinutes(20))
                        .minus(Rules.plannedRollback(SimPlans.dataFirst())));
    }

    @Test
    void a_leased_weight_carries_its_deadline_and_what_it_falls_back_to() {
        Image leased = Leases.until(
                Resource.Kind.TRAFFIC,
                new TreeMap<>(Map.of("source", "0", "target", "10000")),
                Image.of("source", "10000", "target", "0"),
                UNTIL);

        assertThat(leased.brief())
                .isEqualTo("else-source=10000 else-target=0 source=0 target=10000 until=2026-11-28T21:00:20Z");
        assertThat(Leases.lasting(leased)).isEqualTo(Image.of("source", "0", "target", "10000"));
    }

    @Test
    void a_lease_renewed_keeps_the_first_fallback() {
        TreeMap<String, String> wanted = new TreeMap<>(Map.of("database", "b"));
        Image once = Leases.until(Resource.Kind.CONFIGURATION, wanted, Image.of("database", "a"), UNTIL);
        Image twice = Leases.until(Resource.Kind.CONFIGURATION, wanted, once, UNTIL.plusSeconds(20));

        assertThat(twice.get("database.else")).isEqualTo("a");
    }

    @Test
    void to_end_a_freeze_its_release_must_have_its_whole_time_out_left() {
        Act.Alter closing = (Act.Alter) Program.of(SimPlans.dataFirst())
                .act("release/close orders at source")
                .orElseThrow();
        Act.Alter leasing = (Act.Alter)
                Program.of(SimPlans.dataFirst()).act("freeze/hold web").orElseThrow();

        assertThat(Pace.leastOfFreeze(closing)).isEqualTo(closing.timeOut()).isEqualTo(Duration.ofSeconds(5));
        assertThat(Pace.leastOfFreeze(leasing)).isEqualTo(Pace.LEAST_TO_LEASE);
    }

    @Test
    void what_a_lease_ends_in_is_what_the_platform_makes_of_it() {
        Image paused = Image.of(
                "source",
                "paused",
                "target",
                "paused",
                "until",
                "T",
                "else-source",
                "running",
                "else-target",
                "paused");

        assertThat(Leases.fallback(Resource.Kind.FENCE, Image.of("fence", "closed")))
                .isEqualTo(Image.of("fence", "open"));
        assertThat(Leases.fallback(Resource.Kind.WRITES, Image.of("writes", "hold", "until", "T")))
                .isEqualTo(Image.of("writes", "open"));
        assertThat(Leases.fallback(Resource.Kind.SINGLETON, paused))
                .isEqualTo(Image.of("source", "running", "target", "paused"));
    }
}
