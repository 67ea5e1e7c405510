package io.bascule.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.port.BackupStore;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every {@link BackupStore} keeps to. A subclass sets up a source with some rows, afresh for each test. */
public abstract class BackupStoreConformance {
    protected abstract BackupStore store();

    /** Where to restore into; nothing is there yet. */
    protected abstract String scratch();

    /** The dataset's own target: no place to restore into. */
    protected abstract String target();

    /** One more row, as the application writes it. True when it was accepted. */
    protected abstract boolean writeSource();

    protected abstract boolean writeScratch();

    protected abstract long sourceRows();

    protected abstract long scratchRows();

    /** Makes the source unreadable, so that no backup can be taken. */
    protected abstract void breakSource();

    /** Fences the source; the backup does not need it open. */
    protected abstract void fenceSource();

    protected Instant now() {
        return Instant.now();
    }

    private Finding run() {
        return store().backupAndRestore(scratch(), Deadline.after(now(), Duration.ofSeconds(20)));
    }

    @Test
    void a_backup_is_restored_and_counted() {
        Finding finding = run();
        assertThat(finding.verdict()).isInstanceOf(Verdict.Pass.class);
        assertThat(finding.facts()).containsKeys("rows", "tables", "ageSeconds");
        assertThat(finding.facts()).containsEntry("rows", String.valueOf(sourceRows()));
        assertThat(scratchRows()).isEqualTo(sourceRows());
    }

    @Test
    void the_restored_store_is_open_and_independent() {
        run();
        long rows = sourceRows();
        assertThat(writeScratch()).isTrue();
        assertThat(sourceRows()).isEqualTo(rows);
        assertThat(writeSource()).isTrue();
        assertThat(scratchRows()).isEqualTo(rows + 1);
    }

    @Test
    void what_is_restored_from_a_fenced_source_is_open() {
        fenceSource();
        assertThat(writeSource()).isFalse();
        assertThat(run().verdict()).isInstanceOf(Verdict.Pass.class);
        assertThat(writeScratch()).isTrue();
        assertThat(writeSource()).isFalse();
    }

    @Test
    void a_second_backup_takes_the_place_of_the_first() {
        run();
        writeSource();
        writeScratch();
        assertThat(run().verdict()).isInstanceOf(Verdict.Pass.class);
        assertThat(scratchRows()).isEqualTo(sourceRows());
    }

    @Test
    void the_dataset_itself_is_never_restored_into() {
        Finding finding = store().backupAndRestore(target(), Deadline.after(now(), Duration.ofSeconds(20)));
        assertThat(finding.verdict()).isInstanceOf(Verdict.Fail.class);
    }

    @Test
    void a_source_that_cannot_be_read_is_an_answer() {
        breakSource();
        assertThat(run().verdict().passed()).isFalse();
    }
}
