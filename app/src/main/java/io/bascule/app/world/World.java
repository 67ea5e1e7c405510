package io.bascule.app.world;

import io.bascule.core.json.Json;
import io.bascule.embedded.shop.ShopWorld;
import io.bascule.load.LoadGenerator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The demo's world while it lives: applications, front door, users, and the fault that a demo asked for. */
public final class World {
    private static final Duration LOOK = Duration.ofMillis(250);

    private World() {}

    /**
     * Lives until it is told to stop, or, attended, until its orchestrator has been gone for five minutes.
     *
     * @throws Exception when it cannot start
     */
    public static void live(Path folder, WorldOptions options) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
        try (ShopWorld shop = ShopWorld.start(folder, ports(options.port()))) {
            Optional<Users> users = options.users() ? Optional.of(users(shop)) : Optional.empty();
            Attendant attendant = new Attendant(folder);
            try (WorldServer server = new WorldServer(folder, answers(folder, users), end);
                    Mischief mischief = new Mischief(shop, options.fault())) {
                WorldFile.write(folder, file(shop, server));
                while (!end.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    mischief.look();
                    if (options.attended() && attendant.forsaken()) {
                        break;
                    }
                }
            } finally {
                users.ifPresent(Users::close);
                remove(folder);
            }
        }
    }

    private static ShopWorld.Ports ports(int door) {
        return door == 0 ? ShopWorld.Ports.ANY : new ShopWorld.Ports(door, door - 1, door + 1, door + 2);
    }

    private static WorldFile file(ShopWorld shop, WorldServer server) {
        return new WorldFile(
                ProcessHandle.current().pid(),
                shop.door().getPort(),
                shop.control().getPort(),
                shop.source().getPort(),
                shop.target().getPort(),
                server.port());
    }

    /** Warmed up first: what is measured is the shop, not this process compiling itself. */
    private static Users users(ShopWorld shop) throws InterruptedException {
        LoadGenerator.warmUp(Duration.ofMillis(1_500));
        return new Users(URI.create("http://127.0.0.1:" + shop.door().getPort()));
    }

    private static WorldServer.Answers answers(Path folder, Optional<Users> users) {
        return new WorldServer.Answers() {
            @Override
            public @Nullable Object users() {
                return users.map(Users::totals).orElseGet(Json::object);
            }

            @Override
            public @Nullable Object settle() throws InterruptedException, SQLException, IOException {
                if (users.isEmpty()) {
                    return Json.object();
                }
                users.get().stop();
                return settled(folder, users.get());
            }
        };
    }

    /** The ledger against the database that the source's application is configured to: the one that takes writes. */
    private static SequencedMap<String, @Nullable Object> settled(Path folder, Users users)
            throws SQLException, IOException {
        Path database = folder.resolve(configured(folder.resolve("source/app.properties")));
        Ledger.Balance balance = users.ledger().balance(database);
        SequencedMap<String, @Nullable Object> json = users.totals();
        json.put("database", folder.relativize(database).toString());
        json.put("writesAcknowledged", balance.acknowledged());
        json.put("writesUnanswered", balance.unanswered());
        json.put("writesLost", balance.lost());
        json.put("writesDoubled", balance.doubled());
        json.put("writesUnderAnotherId", balance.otherIds());
        json.put("seconds", users.secondsJson());
        return json;
    }

    private static String configured(Path properties) throws IOException {
        return Files.readAllLines(properties).stream()
                .filter(line -> line.startsWith("database="))
                .map(line -> line.substring("database=".length()).strip())
                .findFirst()
                .orElseThrow(() -> new IOException(properties + " names no database"));
    }

    private static void remove(Path folder) {
        try {
            WorldFile.remove(folder);
        } catch (IOException e) {
            // the next world writes it anew, and a reader asks whether the process lives
        }
    }
}
