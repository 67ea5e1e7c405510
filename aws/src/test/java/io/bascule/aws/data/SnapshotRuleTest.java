package io.bascule.aws.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.aws.data.SnapshotRule.Restored;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SnapshotRuleTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final SnapshotRule RULE = new SnapshotRule("shop", Duration.ofHours(24));

    private static Snapshot snapshot(String id, int hoursAgo, String status) {
        return new Snapshot(id, NOW.minus(Duration.ofHours(hoursAgo)), status, true);
    }

    @Test
    void the_newest_whole_one_counts_and_its_age_and_encryption_are_facts() {
        Finding finding = RULE.judge(
                List.of(snapshot("a", 30, "available"), snapshot("b", 3, "available"), snapshot("c", 0, "creating")),
                NOW);
        assertThat(finding.verdict()).isEqualTo(new Verdict.Pass("b is available and 3 h old"));
        assertThat(finding.facts())
                .containsEntry("snapshot", "b")
                .containsEntry("ageSeconds", "10800")
                .containsEntry("encrypted", "yes")
                .containsEntry("snapshots", "3");
    }

    @Test
    void none_or_only_unfinished_ones_fail() {
        assertThat(RULE.judge(List.of(), NOW).verdict()).isInstanceOf(Verdict.Fail.class);
        assertThat(RULE.judge(List.of(snapshot("c", 0, "creating"), snapshot("d", 1, "failed")), NOW)
                        .verdict())
                .isInstanceOfSatisfying(
                        Verdict.Fail.class,
                        fail -> assertThat(fail.reason()).contains("no available snapshot", "of 2"));
    }

    @Test
    void a_day_old_passes_and_a_moment_older_fails() {
        assertThat(RULE.judge(List.of(snapshot("a", 24, "available")), NOW).verdict())
                .isInstanceOf(Verdict.Pass.class);
        assertThat(RULE.judge(List.of(snapshot("a", 24, "available")), NOW.plusMillis(1))
                        .verdict())
                .isInstanceOfSatisfying(
                        Verdict.Fail.class, fail -> assertThat(fail.reason()).contains("24 h old, more than 24 h"));
    }

    private static Verdict restored(String status, String from) {
        List<Snapshot> snapshots = List.of(
                snapshot("old", 30, "available"),
                snapshot("young", 5, "available"),
                snapshot("newest", 1, "available"));
        Optional<String> origin = Optional.of(from).filter(text -> !text.isEmpty());
        return RULE.judge(snapshots, new Restored("shop-test", status, origin), NOW)
                .verdict();
    }

    @Test
    void a_restored_copy_must_be_there_be_available_and_come_from_a_snapshot_that_counts() {
        assertThat(restored("available", "newest")).isInstanceOf(Verdict.Pass.class);
        assertThat(restored("available", "young")).isInstanceOf(Verdict.Pass.class);
        assertThat(restored("available", "old")).isInstanceOf(Verdict.Fail.class);
        assertThat(restored("available", "of-another")).isInstanceOf(Verdict.Fail.class);
        assertThat(restored("creating", "newest")).isInstanceOf(Verdict.Fail.class);
        assertThat(restored("", "newest")).isInstanceOf(Verdict.Fail.class);
    }

    @Test
    void what_nobody_tells_of_its_origin_is_no_data() {
        assertThat(restored("available", ""))
                .isInstanceOfSatisfying(
                        Verdict.NoData.class,
                        untold -> assertThat(untold.reason()).contains("CloudTrail"));
    }

    @Test
    void a_restored_copy_does_not_help_where_the_snapshot_is_too_old() {
        Finding finding = RULE.judge(
                List.of(snapshot("old", 30, "available")),
                new Restored("shop-test", "available", Optional.of("old")),
                NOW);
        assertThat(finding.verdict()).isInstanceOf(Verdict.Fail.class);
        assertThat(finding.facts()).containsEntry("restoredFrom", "old");
    }
}
