package io.bascule.embedded.frontdoor;

import io.bascule.core.plan.Side;
import io.bascule.embedded.http.Secret;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * How one front door is set up. Example: {@code FrontDoorConfig.of(listen, control, token, source, target, stateFile)}.
 *
 * @param listen where users come in; port 0 takes a free one
 * @param control where the control API listens; loopback
 * @param token for the control API
 * @param source base address of the source's application, {@code http} only
 * @param target base address of the target's
 * @param healthPath asked of each side every {@code healthEvery}
 * @param writeMethods HTTP methods that a hold parks and a reject turns away
 * @param parkAtMost how many writes may be parked at once
 * @param bodyBytesMax how much of a write's body is buffered; more stays with the client until the write is let go
 * @param letGoAtOnce how many formerly parked writes may be under way at once
 * @param sticky whether a session stays on its side (cookie {@code BASCULE_SIDE})
 * @param stateFile where weights, lease and claim are kept over a restart
 */
public record FrontDoorConfig(
        InetSocketAddress listen,
        InetSocketAddress control,
        Secret token,
        URI source,
        URI target,
        String healthPath,
        Duration healthEvery,
        Set<String> writeMethods,
        int parkAtMost,
        int bodyBytesMax,
        int letGoAtOnce,
        boolean sticky,
        TimeOuts timeOuts,
        int clientsAtMost,
        Path stateFile) {
    public FrontDoorConfig {
        writeMethods = Set.copyOf(writeMethods);
        if (parkAtMost < 0 || bodyBytesMax < 0 || letGoAtOnce < 1 || clientsAtMost < 1) {
            throw new IllegalArgumentException("park, body and client bounds must not be negative, let-go at least 1");
        }
    }

    /**
     * @param connect to a side
     * @param answer from the request's last byte sent to the head of the answer
     * @param idle without a byte from a client within a request, or from a side within an answer
     */
    public record TimeOuts(Duration connect, Duration answer, Duration idle) {
        public static final TimeOuts DEFAULT =
                new TimeOuts(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    /** With the usual bounds: park 2000, 64 KiB bodies, 64 let go at once, not sticky, 8192 clients. */
    public static FrontDoorConfig of(
            InetSocketAddress listen, InetSocketAddress control, Secret token, URI source, URI target, Path stateFile) {
        return new FrontDoorConfig(
                listen,
                control,
                token,
                source,
                target,
                "/health",
                Duration.ofSeconds(1),
                Set.of("POST", "PUT", "PATCH", "DELETE"),
                2000,
                64 * 1024,
                64,
                false,
                TimeOuts.DEFAULT,
                8192,
                stateFile);
    }

    URI base(Side side) {
        return side == Side.SOURCE ? source : target;
    }

    public FrontDoorConfig withSticky(boolean on) {
        return new FrontDoorConfig(
                listen,
                control,
                token,
                source,
                target,
                healthPath,
                healthEvery,
                writeMethods,
                parkAtMost,
                bodyBytesMax,
                letGoAtOnce,
                on,
                timeOuts,
                clientsAtMost,
                stateFile);
    }

    public FrontDoorConfig withParking(int atMost, int goAtOnce) {
        return new FrontDoorConfig(
                listen,
                control,
                token,
                source,
                target,
                healthPath,
                healthEvery,
                writeMethods,
                atMost,
                bodyBytesMax,
                goAtOnce,
                sticky,
                timeOuts,
                clientsAtMost,
                stateFile);
    }

    public FrontDoorConfig withTimeOuts(TimeOuts other) {
        return new FrontDoorConfig(
                listen,
                control,
                token,
                source,
                target,
                healthPath,
                healthEvery,
                writeMethods,
                parkAtMost,
                bodyBytesMax,
                letGoAtOnce,
                sticky,
                other,
                clientsAtMost,
                stateFile);
    }

    public FrontDoorConfig withHealth(String path, Duration every) {
        return new FrontDoorConfig(
                listen,
                control,
                token,
                source,
                target,
                path,
                every,
                writeMethods,
                parkAtMost,
                bodyBytesMax,
                letGoAtOnce,
                sticky,
                timeOuts,
                clientsAtMost,
                stateFile);
    }

    public FrontDoorConfig withWriteMethods(Set<String> methods) {
        return new FrontDoorConfig(
                listen,
                control,
                token,
                source,
                target,
                healthPath,
                healthEvery,
                methods,
                parkAtMost,
                bodyBytesMax,
                letGoAtOnce,
                sticky,
                timeOuts,
                clientsAtMost,
                stateFile);
    }
}
