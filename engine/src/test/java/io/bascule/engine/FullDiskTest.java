package io.bascule.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.core.run.Entry;
import io.bascule.core.run.JournalUncertain;
import io.bascule.core.run.RunEvent.Held;
import io.bascule.core.run.RunEvent.SoakPassed;
import io.bascule.core.run.RunId;
import io.bascule.core.run.RunStatus;
import io.bascule.core.run.Tick;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
    private static final RunId RUN = new RunId("r1");
    private static final String LONG = "quiet ".repeat(2_000);

    @TempDir
    Path folder = Path.of("");

    @Test
    void the_ballast_lies_beside_the_store_and_is_dropped_once() throws Exception {
        Ballast ballast = Ballast.beside(folder.resolve("store.db"));
        Path file = folder.resolve("store.db.ballast");
        assertThat(Files.size(file)).isEqualTo(Ballast.SIZE);
        assertThat(ballast.drop()).isTrue();
        assertThat(file).doesNotExist();
        assertThat(ballast.drop()).isFalse();
        Ballast.beside(folder.resolve("store.db"));
        assertThat(file).exists();
    }

    @Test
    void a_full_file_is_in_doubt_costs_the_ballast_and_keeps_every_entry() throws Exception {
        try (JdbcStore store = JdbcStore.open(Database.sqlite(folder))) {
            store.create(TestPlans.run("r1"));
            JdbcJournal journal = new JdbcJournal(store, StoreConformance.pick(store, RUN, "w"), entry -> {});
            Sql.autoCommit(
                    store.access().pools().journal(),
                    c -> Sql.query(c, "pragma max_page_count=300", row -> row.getLong(1)));
            long written = fill(journal);
            assertThat(store.access().diskWasFull()).isTrue();
            assertThat(folder.resolve("store.db.ballast")).doesNotExist();
            assertThat(store.verify(RUN).intact()).isTrue();
            assertThat(store.verify(RUN).entries()).isEqualTo(written);
        }
    }

    @Test
    void on_a_full_disk_the_run_is_held_and_the_ballast_leaves_room_for_a_way_back() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk.toString()), "no mount here");
        try {
            fillDisk(disk);
        } finally {
            run("umount", disk.toString());
        }
    }

    private static void fillDisk(Path disk) throws Exception {
        try (JdbcStore store = JdbcStore.open(Database.sqlite(disk))) {
            store.create(TestPlans.run("r1"));
            TickFunction greedy = (plan, run, around) -> {
                List<Entry> entries = around.journal().entries();
                if (entries.getLast().event() instanceof Held) {
                    return new Tick.Rest.Until(around.clock().now().plusSeconds(60));
                }
                long seq = entries.getLast().seq();
                while (around.journal()
                        .append(new Entry(++seq, around.clock().now(), new SoakPassed("a", LONG)), List.of())) {
                    if (seq > 1_000) {
                        throw new IllegalStateException("the disk is never full");
                    }
                }
                return new Tick.Rest.Lost();
            };
            try (Engine engine = new Engine(
                    store, TestPlans.loader(Map.of()), EngineSettings.of(store).withTick(greedy))) {
                engine.start();
                Await.until("held", () -> store.status(RUN) == RunStatus.HOLDING);
            }
            long held = store.run(RUN).orElseThrow().entries();
            assertThat(store.journal(RUN).getLast().event()).isInstanceOf(Held.class);
            JdbcJournal journal = new JdbcJournal(store, StoreConformance.pick(store, RUN, "w"), entry -> {});
            for (int i = 1; i <= 500; i++) {
                assertThat(journal.append(
                                new Entry(held + i, TestPlans.now(), new SoakPassed("act", "short")), List.of()))
                        .isTrue();
            }
            assertThat(store.verify(RUN).intact()).isTrue();
            System.out.println("full disk: held at entry " + held + ", then 500 more");
        }
    }

    /** The last entry that was acknowledged. */
    private static long fill(JdbcJournal journal) {
        for (int i = 0; i < 1_000; i++) {
            Entry entry = entry(journal.last().seq() + 1);
            try {
                assertThat(journal.append(entry, List.of())).isTrue();
            } catch (JournalUncertain e) {
                assertThatThrownBy(() -> journal.append(entry, List.of())).isInstanceOf(JournalUncertain.class);
                return journal.last().seq();
            }
        }
        throw new AssertionError("never full");
    }

    private static Entry entry(long seq) {
        return new Entry(seq, TestPlans.now(), new SoakPassed("act", LONG));
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
