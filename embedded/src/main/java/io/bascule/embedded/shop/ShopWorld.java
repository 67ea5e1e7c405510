package io.bascule.embedded.shop;

import io.bascule.embedded.frontdoor.FrontDoor;
import io.bascule.embedded.frontdoor.FrontDoorConfig;
import io.bascule.embedded.http.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The demo's world in one JVM: the source's application, the target's, and the front door before them. What is there in
 * {@code home} already (a world that was stopped) is taken up as it is.
 *
 * <pre>
 * source/shop.db  source/app.properties   20,000 orders, 500 items
 *                 target/app.properties   names target/scratch.db, which PREPARE restores
 * front-door.token  front-door.json
 * </pre>
 */
public final class ShopWorld implements AutoCloseable {
    public static final int ORDERS = 20_000;
    public static final int ITEMS = 500;

    private final Shop source;
    private final Shop target;
    private final FrontDoor door;
    private final Secret token;

    private ShopWorld(Shop source, Shop target, FrontDoor door, Secret token) {
        this.source = source;
        this.target = target;
        this.door = door;
        this.token = token;
    }

    /** Where each part listens on loopback; 0 takes a free port. */
    public record Ports(int door, int control, int source, int target) {
        public static final Ports ANY = new Ports(0, 0, 0, 0);
        public static final Ports DEMO = new Ports(8080, 8079, 8081, 8082);
    }

    /**
     * Seeds what is missing under {@code home} and starts all three.
     *
     * @throws IOException when a port is taken or a file cannot be written; nothing is left running
     */
    public static ShopWorld start(Path home, Ports ports) throws IOException {
        return start(home, ports, false);
    }

    /** The same; {@code sticky} keeps sessions on their side by a cookie. */
    public static ShopWorld start(Path home, Ports ports, boolean sticky) throws IOException {
        seed(home);
        Secret token = Secret.resolve("file:front-door.token", home, Map.of());
        Shop source = Shop.start(app(home, "source", "2.4.1", ports.source(), token));
        try {
            Shop target = Shop.start(app(home, "target", "3.0.0", ports.target(), token));
            try {
                FrontDoorConfig config = FrontDoorConfig.of(
                        loopback(ports.door()),
                        loopback(ports.control()),
                        token,
                        source.uri(),
                        target.uri(),
                        home.resolve("front-door.json"));
                return new ShopWorld(source, target, FrontDoor.start(config.withSticky(sticky)), token);
            } catch (IOException e) {
                target.close();
                throw e;
            }
        } catch (IOException e) {
            source.close();
            throw e;
        }
    }

    private static ShopConfig app(Path home, String side, String version, int port, Secret token) {
        return new ShopConfig(
                side,
                version,
                loopback(port),
                home,
                home.resolve(side + "/app.properties"),
                Optional.of(token),
                side.equals("source"));
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static void seed(Path home) throws IOException {
        Files.createDirectories(home.resolve("source"));
        Files.createDirectories(home.resolve("target"));
        Path database = home.resolve("source/shop.db");
        if (!Files.exists(database)) {
            try {
                ShopSeed.create(database, ORDERS, ITEMS);
            } catch (SQLException e) {
                throw new IOException("cannot seed " + database, e);
            }
        }
        writeOnce(home.resolve("source/app.properties"), properties("source", "source/shop.db"));
        writeOnce(home.resolve("target/app.properties"), properties("target", "target/scratch.db"));
        Path token = home.resolve("front-door.token");
        if (!Files.exists(token)) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            Files.createFile(token, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(token, HexFormat.of().formatHex(random) + "\n");
        }
    }

    private static String properties(String side, String database) {
        return """
               # The %s's application reads this file again whenever it changes.
               database=%s

               # not ours
               banner=Welcome to the shop
               """.formatted(side, database);
    }

    private static void writeOnce(Path file, String text) throws IOException {
        if (!Files.exists(file)) {
            Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
        }
    }

    /** Where users come in. */
    public URI door() {
        return door.uri();
    }

    public URI control() {
        return door.controlUri();
    }

    public URI source() {
        return source.uri();
    }

    public URI target() {
        return target.uri();
    }

    public Secret token() {
        return token;
    }

    @Override
    public void close() {
        door.close();
        target.close();
        source.close();
    }
}
