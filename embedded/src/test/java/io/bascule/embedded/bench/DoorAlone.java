package io.bascule.embedded.bench;

import io.bascule.embedded.frontdoor.FrontDoor;
import io.bascule.embedded.frontdoor.FrontDoorConfig;
import io.bascule.embedded.http.Secret;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A front door with its usual bounds and nothing else in the process; {@code bench/frontdoor} starts it.
 *
 * <p>{@code DoorAlone SOURCE TARGET STATE-FILE} prints the address it listens on, and ends when its input does.
 */
final class DoorAlone {
    private DoorAlone() {}

    public static void main(String[] arguments) throws Exception {
        FrontDoorConfig config = FrontDoorConfig.of(
                anyPort(),
                anyPort(),
                Secret.of(UUID.randomUUID().toString()),
                URI.create(arguments[0]),
                URI.create(arguments[1]),
                Path.of(arguments[2]));
        try (FrontDoor door = FrontDoor.start(config)) {
            System.out.println(door.uri());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
