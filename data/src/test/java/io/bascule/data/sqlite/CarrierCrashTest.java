package io.bascule.data.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.Side;
import io.bascule.core.port.Change;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Verdict;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The carrier dies, or is refused by its disk, before its N-th statement, N = 1 until none is left. */
class CarrierCrashTest {
    @TempDir
    private Path folder = Path.of("unset");

    /** What is going on, and how to bring a fresh pair of databases to the moment before. */
    enum Leg {
        LEASE,
        COPY,
        COPY_AGAIN,
        REVERSE_ON,
        CLOSE_SOURCE,
        OPEN_TARGET,
        CARRY_HOME,
        OPEN_SOURCE,
        REVERSE_OFF,
        DISARM;

        void prepare(Shop shop) {
            Journey journey = Journey.to(shop.carrier());
            switch (this) {
                case LEASE -> {}
                case COPY -> journey.leased(Side.SOURCE);
                case COPY_AGAIN -> {
                    journey.copied().captured().open(Side.SOURCE);
                    shop.order(Side.SOURCE, "between");
                    journey.leased(Side.SOURCE);
                }
                case REVERSE_ON, DISARM -> journey.copied();
                case CLOSE_SOURCE -> {
                    journey.leased(Side.SOURCE);
                    Journey.bring(shop.carrier().fence(Side.SOURCE), Image.of("fence", "leased", "until", UNTIL));
                    journey.copiedOnly().captured();
                }
                case OPEN_TARGET -> journey.copied().captured().sourceClosed();
                case CARRY_HOME -> {
                    written(shop, journey.over());
                    journey.leased(Side.TARGET);
                }
                case OPEN_SOURCE, REVERSE_OFF -> {
                    written(shop, journey.over());
                    journey.closed(Side.TARGET);
                    assertThat(shop.carrier().carryHome(Journey.soon()).verdict())
                            .isInstanceOf(Verdict.Pass.class);
                }
            }
        }

        private static void written(Shop shop, Journey journey) {
            assertThat(journey.carrier()).isNotNull();
            shop.order(Side.TARGET, "six");
            Shop.write(shop.target, "UPDATE stock SET left = 9 WHERE sku = 'chair'");
            Shop.write(shop.target, "DELETE FROM orders WHERE id = 2");
        }

        private static final String UNTIL = "2099-01-01T00:00:00.000Z";

        /** The act under test, asked for with this token. Answers whether it says that it is done. */
        boolean act(SqliteCarrier carrier, String token) {
            return switch (this) {
                case LEASE ->
                    done(carrier, token, Image.of("fence", "open"), Image.of("fence", "leased", "until", UNTIL));
                case COPY, COPY_AGAIN -> done(carrier, token, Image.of("copy", "none"), Image.of("copy", "done"));
                case DISARM -> done(carrier, token, Image.of("copy", "done"), Image.of("copy", "none"));
                case REVERSE_ON -> done(carrier, token, Image.of("reverse", "off"), Image.of("reverse", "on"));
                case REVERSE_OFF -> done(carrier, token, Image.of("reverse", "on"), Image.of("reverse", "off"));
                case CLOSE_SOURCE ->
                    done(carrier, token, Image.of("fence", "leased", "until", UNTIL), Image.of("fence", "closed"));
                case OPEN_TARGET, OPEN_SOURCE ->
                    done(carrier, token, Image.of("fence", "closed"), Image.of("fence", "open"));
                case CARRY_HOME -> carrier.carryHome(Journey.soon()).verdict().passed();
            };
        }

        private boolean done(SqliteCarrier carrier, String token, Image expected, Image wanted) {
            Change change = new Change(token, Instant.now().plusSeconds(60), expected, wanted);
            var actuator = switch (this) {
                case COPY, COPY_AGAIN, DISARM -> carrier.copy();
                case REVERSE_ON, REVERSE_OFF -> carrier.reverse();
                case OPEN_TARGET -> carrier.fence(Side.TARGET);
                case LEASE, CLOSE_SOURCE, OPEN_SOURCE, CARRY_HOME -> carrier.fence(Side.SOURCE);
            };
            return actuator.apply(change, Journey.soon()) instanceof Outcome.Done;
        }

        /** Whether both sides must hold the same once it is done. */
        boolean leavesParity() {
            return this != LEASE;
        }
    }

    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    @ParameterizedTest
    @EnumSource(Leg.class)
    void a_crash_anywhere_leaves_a_legal_state_from_which_it_is_finished(Leg leg) throws IOException {
        runUntilNothingBreaks(leg, false, 1, () -> {
            throw new Crash();
        });
    }

    @ParameterizedTest
    @EnumSource(Leg.class)
    void a_disk_error_anywhere_is_an_answer_and_not_an_end(Leg leg) throws IOException {
        runUntilNothingBreaks(leg, true, 11, () -> new SQLException("[SQLITE_IOERR] disk I/O error"));
    }

    private void runUntilNothingBreaks(Leg leg, boolean reads, int stride, Supplier<SQLException> trouble)
            throws IOException {
        Path prepared = Files.createDirectory(folder.resolve("prepared"));
        leg.prepare(Shop.rich(prepared));
        int n = 1;
        while (breaks(leg, prepared, n, reads, trouble)) {
            n += stride;
        }
        assertThat(n).as("statements of " + leg).isGreaterThan(3);
    }

    /** Answers whether the N-th statement was reached; a crash before one that only reads is one before the next. */
    private boolean breaks(Leg leg, Path prepared, int n, boolean reads, Supplier<SQLException> trouble)
            throws IOException {
        Path here = copyOf(prepared, n);
        Shop shop = Shop.at(here);
        int[] count = {0};
        Probe probe = what -> {
            count[0] += reads || !what.startsWith(Probe.READ) ? 1 : 0;
            if ((reads || !what.startsWith(Probe.READ)) && count[0] == n) {
                throw trouble.get();
            }
        };
        boolean saidDone = false;
        try {
            saidDone = leg.act(shop.carrier(probe), "token");
        } catch (Crash _) {
            assertThat(count[0]).isEqualTo(n);
        }
        assertLegal(leg, shop, n);
        assertFinishes(leg, shop, n, saidDone ? "token" : "token-2");
        assertThat(here.toFile().list((_, name) -> name.contains("partial") && leg == Leg.COPY))
                .isEmpty();
        return count[0] >= n;
    }

    static void assertFinishes(Leg leg, Shop shop, int n, String token) {
        assertThat(leg.act(shop.carrier(), token) || leg.act(shop.carrier(), "token"))
                .as("%s is finished after trouble at %d", leg, n)
                .isTrue();
        if (leg.leavesParity()) {
            Finding same = shop.carrier().compare(Journey.soon());
            assertThat(same.verdict()).as(leg + " " + n + " " + same).isInstanceOf(Verdict.Pass.class);
        }
    }

    static void assertLegal(Leg leg, Shop shop, int n) {
        SqliteCarrier carrier = shop.carrier();
        boolean source =
                Journey.observed(carrier.fence(Side.SOURCE)).get("fence").equals("open");
        boolean target =
                Journey.observed(carrier.fence(Side.TARGET)).get("fence").equals("open");
        assertThat(source && target).as("both open after %s at %d", leg, n).isFalse();
        assertThat(Journey.observed(carrier.copy()).get("copy")).isIn("none", "done");
        assertThat(Journey.observed(carrier.reverse()).get("reverse")).isIn("off", "on");
        if (n % 3 != 0) {
            return;
        }
        assertThat(carrier.provesFenced(Side.SOURCE, Journey.soon()).verdict().passed())
                .isEqualTo(!source);
        assertThat(carrier.provesFenced(Side.TARGET, Journey.soon()).verdict().passed())
                .isEqualTo(!target);
    }

    private Path copyOf(Path prepared, int n) throws IOException {
        Path here = Files.createDirectory(folder.resolve("run-" + n));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(prepared)) {
            for (Path file : files) {
                Files.copy(file, here.resolve(file.getFileName()));
            }
        }
        return here;
    }
}
