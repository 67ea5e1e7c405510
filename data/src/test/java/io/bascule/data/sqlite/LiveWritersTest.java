package io.bascule.data.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.Side;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two applications in processes of their own hammer one side each, over and back: nothing is lost, nothing doubled. */
class LiveWritersTest {
    private final Path folder;
    private final Shop shop;

    LiveWritersTest(@TempDir Path folder) {
        this.folder = folder;
        this.shop = Shop.rich(folder);
    }

    @Test
    void no_write_is_lost_or_doubled_over_and_back_and_never_do_both_sides_take_them() throws Exception {
        Process source = hammer(Side.SOURCE);
        Process target = hammer(Side.TARGET);
        try {
            goOverAndBack();
        } finally {
            stop(source);
            stop(target);
        }
        assertThat(log(Side.TARGET)).isNotEmpty();
        List<String> acknowledged = new ArrayList<>(log(Side.SOURCE));
        acknowledged.addAll(log(Side.TARGET));
        assertAllAreThereOnce(acknowledged);
    }

    private void goOverAndBack() {
        SqliteCarrier carrier = shop.carrier();
        awaitWrites(Side.SOURCE, 20);
        SqliteBackup backup = new SqliteBackup("orders", shop.source, shop.target, folder, InstantSource.system());
        assertPass(backup.backupAndRestore("scratch.db", Journey.soon()));
        Journey journey = Journey.to(carrier).copied();
        assertPass(carrier.provesFenced(Side.SOURCE, Journey.soon()));
        assertPass(carrier.drained(Side.SOURCE, Journey.soon()));
        assertPass(carrier.compare(Journey.soon()));
        journey.captured().sourceClosed().open(Side.TARGET);
        awaitWrites(Side.TARGET, 20);
        assertThat(carrier.carryHome(Journey.soon()).verdict()).isInstanceOf(Verdict.Inconclusive.class);
        awaitWrites(Side.TARGET, 20);
        assertPass(carrier.reverseLag(Journey.soon()));
        journey.leased(Side.TARGET);
        assertPass(carrier.provesFenced(Side.TARGET, Journey.soon()));
        assertPass(carrier.carryHome(Journey.soon()));
        journey.closed(Side.TARGET).open(Side.SOURCE);
        awaitWrites(Side.SOURCE, 20);
    }

    private static void assertPass(Finding finding) {
        assertThat(finding.verdict()).as(finding.toString()).isInstanceOf(Verdict.Pass.class);
    }

    private void assertAllAreThereOnce(List<String> acknowledged) {
        List<String> inserted = acknowledged.stream()
                .filter(line -> line.startsWith("insert "))
                .map(line -> line.substring(7))
                .toList();
        assertThat(acknowledged).noneMatch(line -> line.startsWith("trouble"));
        List<String> there = Shop.orders(shop.source).values().stream()
                .filter(what -> what.startsWith("SOURCE") || what.startsWith("TARGET"))
                .toList();
        assertThat(new HashSet<>(there)).hasSameSizeAs(there);
        assertThat(Set.copyOf(there)).isEqualTo(Set.copyOf(inserted));
        int updates = acknowledged.size() - inserted.size();
        assertThat(Shop.ask(shop.source, "SELECT left FROM stock WHERE sku = 'chair'"))
                .isEqualTo(String.valueOf(3 + updates));
    }

    private Path logFile(Side side) {
        return folder.resolve(side + ".log");
    }

    private List<String> log(Side side) {
        try {
            return Files.readAllLines(logFile(side), StandardCharsets.UTF_8);
        } catch (IOException none) {
            return List.of();
        }
    }

    private void awaitWrites(Side side, int more) {
        int before = log(side).size();
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (log(side).size() < before + more) {
            assertThat(System.nanoTime()).as("%s takes writes", side).isLessThan(patience);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private Process hammer(Side side) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Hammer.class.getName(),
                        shop.file(side).toString(),
                        side.name())
                .redirectOutput(logFile(side).toFile())
                .redirectError(folder.resolve(side + ".err").toFile())
                .start();
    }

    private static void stop(Process process) throws Exception {
        process.getOutputStream().write('.');
        process.getOutputStream().flush();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
