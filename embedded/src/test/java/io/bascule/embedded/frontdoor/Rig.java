package io.bascule.embedded.frontdoor;

import io.bascule.core.plan.Side;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import io.bascule.embedded.http.Await;
import io.bascule.embedded.http.HttpAnswerer;
import io.bascule.embedded.http.HttpReply;
import io.bascule.embedded.http.HttpService;
import io.bascule.embedded.http.RawClient;
import io.bascule.embedded.http.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/** A front door before two sides, each answering its own name unless told otherwise. */
final class Rig implements AutoCloseable {
    static final Secret TOKEN = Secret.of("a-token-for-tests");

    final HttpService source;
    final HttpService target;
    final FrontDoorConfig config;
    FrontDoor door;

    private Rig(HttpService source, HttpService target, FrontDoorConfig config) throws IOException {
        this.source = source;
        this.target = target;
        this.config = config;
        this.door = FrontDoor.start(config);
    }

    static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    static HttpAnswerer named(String name) {
        return _ -> HttpReply.text(200, name);
    }

    static Rig start(Path folder) throws IOException {
        return start(folder, named("source"), named("target"), config -> config);
    }

    static Rig start(Path folder, HttpAnswerer source, HttpAnswerer target, UnaryOperator<FrontDoorConfig> more)
            throws IOException {
        HttpService sourceApp = HttpService.start("source", anyPort(), source);
        HttpService targetApp = HttpService.start("target", anyPort(), target);
        return new Rig(sourceApp, targetApp, more.apply(config(folder, sourceApp.uri(), targetApp.uri())));
    }

    static FrontDoorConfig config(Path folder, URI source, URI target) {
        return FrontDoorConfig.of(anyPort(), anyPort(), TOKEN, source, target, folder.resolve("front-door.json"))
                .withHealth("/health", Duration.ofMillis(50));
    }

    FrontDoorRouter router() {
        return router(door, TOKEN);
    }

    static FrontDoorRouter router(FrontDoor door, Secret token) {
        return new FrontDoorRouter(
                new FrontDoorRouter.Address(door.uri(), door.controlUri(), token, "/", Duration.ZERO),
                InstantSource.system());
    }

    RawClient client() throws IOException {
        return new RawClient(door.uri());
    }

    void restart() throws IOException {
        door.close();
        door = FrontDoor.start(config);
    }

    static Deadline soon() {
        return Deadline.after(Instant.now(), Duration.ofSeconds(5));
    }

    void weights(int target) {
        done(router().weights()
                .apply(
                        change(
                                read(router().weights().observe(soon())),
                                Image.of("source", "" + (10_000 - target), "target", "" + target)),
                        soon()));
    }

    Instant hold(Duration lasts) {
        return writes("hold", lasts);
    }

    Instant writes(String mode, Duration lasts) {
        Instant until = Instant.now().plus(lasts);
        Image wanted = mode.equals("open") ? Image.of("writes", mode) : Image.of("writes", mode, "until", "" + until);
        done(router().writes().apply(change(read(router().writes().observe(soon())), wanted), soon()));
        return until;
    }

    void open() {
        writes("open", Duration.ZERO);
    }

    static void done(Outcome outcome) {
        if (!(outcome instanceof Outcome.Done)) {
            throw new AssertionError(outcome.toString());
        }
    }

    static Image read(Reading reading) {
        if (reading instanceof Reading.Seen seen) {
            return seen.image();
        }
        throw new AssertionError(reading.toString());
    }

    static Change change(Image expected, Image wanted) {
        return new Change("run/act/forward/" + System.nanoTime(), Instant.now().plusSeconds(5), expected, wanted);
    }

    void awaitParked(long count) throws Exception {
        Await.until(count + " parked", () -> door.parked() == count);
    }

    long requests(Side side) {
        return router().window(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1), soon())
                .window()
                .orElseThrow()
                .of(side)
                .requests();
    }

    @Override
    public void close() {
        door.close();
        source.close();
        target.close();
    }
}
