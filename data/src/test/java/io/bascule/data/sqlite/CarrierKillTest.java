package io.bascule.data.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A carrier in a process of its own dies without a word before its N-th statement: no roll-back, nothing closed. */
class CarrierKillTest {

    @ParameterizedTest
    @CsvSource({"LEASE, 9", "COPY, 5", "COPY, 20", "COPY_AGAIN, 24", "REVERSE_ON, 12", "CARRY_HOME, 9", "OPEN_SOURCE, 6"
    })
    void a_killed_carrier_leaves_a_legal_state_from_which_it_is_finished(
            CarrierCrashTest.Leg leg, int n, @TempDir Path folder) throws Exception {
        Shop shop = Shop.rich(folder);
        leg.prepare(shop);
        Process dying = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Dying.class.getName(),
                        folder.toString(),
                        leg.name(),
                        String.valueOf(n))
                .inheritIO()
                .start();
        assertThat(dying.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(dying.exitValue()).as("it died at statement " + n).isEqualTo(Dying.DIED);
        CarrierCrashTest.assertLegal(leg, shop, n);
        CarrierCrashTest.assertFinishes(leg, shop, n, "token-2");
    }

    /** The carrier's process. */
    static final class Dying {
        static final int DIED = 77;

        private Dying() {}

        public static void main(String[] arguments) {
            int at = Integer.parseInt(arguments[2]);
            int[] count = {0};
            Probe probe = what -> {
                count[0] += what.startsWith(Probe.READ) ? 0 : 1;
                if (count[0] == at) {
                    Runtime.getRuntime().halt(DIED);
                }
            };
            SqliteCarrier carrier = Shop.at(Path.of(arguments[0])).carrier(probe);
            CarrierCrashTest.Leg.valueOf(arguments[1]).act(carrier, "token");
        }
    }
}
