package io.bascule.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.load.scenario.Check;
import io.bascule.load.scenario.Scenario;
import io.bascule.load.scenario.Scenarios;
import io.bascule.load.scenario.Step;
import io.bascule.load.scenario.Template;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets at their worst, each where nobody looks at the answers and where somebody does: a clear result, memory bounded. */
class HostileTargetsTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final long MEBIBYTE = 1 << 20;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_unreachable_host(boolean plain) throws Exception {
        // TEST-NET-1 of RFC 5737: nobody answers there
        LoadResult result = run(URI.create("http://192.0.2.1/"), plain, Wire.PLAIN);
        assertThat(result.requests()).isEqualTo(30);
        assertThat(result.failed()).isEqualTo(30);
        assertThat(result.errors().keySet()).isSubsetOf(ErrorKind.CONNECT_TIMEOUT, ErrorKind.CONNECT_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void one_that_accepts_and_never_answers(boolean plain) throws Exception {
        try (var target = HttpTarget.answering((_, _) -> {})) {
            assertThat(run(target.uri(), plain, Wire.PLAIN).errors()).isEqualTo(Map.of(ErrorKind.HEADER_TIMEOUT, 30L));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_body_of_ten_gibibytes(boolean plain) throws Exception {
        var sent = new AtomicLong();
        try (var server = new Raw(out -> {
            out.write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n"));
            byte[] piece = new byte[65_536];
            for (long bytes = 0; bytes < 10L << 30; bytes += piece.length) {
                out.write(piece);
                sent.addAndGet(piece.length);
            }
        })) {
            long heapBefore = heap();
            var profile =
                    LoadProfile.of(server.uri(), 10).lasting(SHORT).over(Wire.PLAIN.withBodyBytesMax(64 * MEBIBYTE));
            LoadResult result = result(profile, plain);
            assertThat(result.errors()).isEqualTo(Map.of(ErrorKind.BODY_TOO_LARGE, 3L));
            assertThat(result.service().count()).isEqualTo(3);
            assertThat(sent).as("the bodies were cut off").hasValueLessThan(3 * 128 * MEBIBYTE);
            assertThat(heap() - heapBefore).as("heap").isLessThan(32 * MEBIBYTE);
            assertThat(direct()).as("buffers").isLessThan(64 * MEBIBYTE);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void one_byte_a_second(boolean plain) throws Exception {
        try (var target = HttpTarget.answering((_, reply) -> dribble(reply, 0))) {
            LoadResult result = run(target.uri(), plain, Wire.PLAIN);
            assertThat(result.requests()).isEqualTo(30);
            assertThat(result.errors()).isEqualTo(Map.of(ErrorKind.HEADER_TIMEOUT, 30L));
        }
    }

    private static void dribble(HttpTarget.Reply reply, int from) {
        String answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        if (from < answer.length()) {
            reply.raw(answer.substring(from, from + 1));
            reply.after(1_000_000_000, () -> dribble(reply, from + 1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void a_redirect_loop(int followed) throws Exception {
        try (var target = HttpTarget.answering((request, reply) -> {
            var response = HttpTarget.response(302, "");
            response.headers().set("Location", request.uri().equals("/") ? "/there" : "/");
            reply.send(response);
        })) {
            ErrorKind kind = followed < 2 ? ErrorKind.REDIRECT : ErrorKind.REDIRECT_LOOP;
            assertThat(patient(target.uri(), true, Wire.PLAIN.following(followed))
                            .errors())
                    .isEqualTo(Map.of(kind, 30L));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_broken_chunk(boolean plain) throws Exception {
        for (String rest : new String[] {"zz\r\n", "4\r\nhalfXX", "\r\n", "-4\r\n", "fffffffffffffffff\r\n"}) {
            try (var target = HttpTarget.answering(
                    (_, reply) -> reply.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + rest))) {
                assertThat(patient(target.uri(), plain, Wire.PLAIN).errors())
                        .as(rest)
                        .isEqualTo(Map.of(ErrorKind.PROTOCOL, 30L));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_head_that_never_ends(boolean plain) throws Exception {
        try (var server = new Raw(out -> {
            out.write(ascii("HTTP/1.1 200 OK\r\n"));
            byte[] line = ascii("X-Filler: " + "y".repeat(1_000) + "\r\n");
            for (int i = 0; i < 1_000_000; i++) {
                out.write(line);
            }
        })) {
            assertThat(patient(server.uri(), plain, Wire.PLAIN).errors()).isEqualTo(Map.of(ErrorKind.PROTOCOL, 30L));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lacks", "contains"})
    void an_error_page_with_status_200(String check) throws Exception {
        try (var target = HttpTarget.answering(
                (_, reply) -> reply.send(HttpTarget.response(200, "<h1>Sorry, an error occurred</h1>")))) {
            Check expected = check.equals("lacks") ? new Check.Lacks("error") : new Check.Contains("Basket");
            var step = new Step(
                    "basket",
                    "GET",
                    Template.of("/basket"),
                    new LinkedHashMap<>(),
                    Template.of(""),
                    List.of(expected),
                    List.of(),
                    Duration.ZERO,
                    Duration.ZERO);
            var scenarios = new Scenarios(List.of(new Scenario("shop", 1, List.of(step))), List.of(), 1);
            try (var run = LoadGenerator.start(
                    LoadProfile.of(target.uri(), 100).lasting(SHORT), scenarios, ResponseListener.NONE)) {
                TargetOutcome outcome = run.await("target");
                assertThat(outcome.total().errors()).isEqualTo(Map.of(ErrorKind.CHECK_FAILED, 30L));
                assertThat(outcome.byRequest().values())
                        .singleElement()
                        .satisfies(each -> assertThat(each.failed()).isEqualTo(30));
            }
        }
    }

    private static LoadResult patient(URI target, boolean plain, Wire wire) throws InterruptedException {
        return result(LoadProfile.of(target, 100).lasting(SHORT).over(wire), plain);
    }

    private static LoadResult run(URI target, boolean plain, Wire wire) throws InterruptedException {
        return result(quick(target, wire), plain);
    }

    private static LoadProfile quick(URI target, Wire wire) {
        return LoadProfile.of(target, 100)
                .lasting(SHORT)
                .withTimeOuts(SHORT, SHORT)
                .over(wire);
    }

    private static LoadResult result(LoadProfile profile, boolean plain) throws InterruptedException {
        ResponseListener listener = plain ? ResponseListener.NONE : _ -> {};
        try (var run = LoadGenerator.start(profile, Runs.get(), listener)) {
            return run.await();
        }
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long direct() {
        return ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider provider
                ? provider.metric().usedDirectMemory()
                : 0;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A server that writes what it likes. */
    private static final class Raw implements AutoCloseable {

        interface Writing {
            void to(OutputStream out) throws IOException;
        }

        private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

        Raw(Writing writing) throws IOException {
            Thread.ofVirtual().start(() -> accept(writing));
        }

        private void accept(Writing writing) {
            try {
                while (true) {
                    Socket client = listening.accept();
                    Thread.ofVirtual().start(() -> serve(client, writing));
                }
            } catch (IOException closed) {
                // the test is over
            }
        }

        private static void serve(Socket client, Writing writing) {
            try (client) {
                byte[] request = new byte[4_096];
                if (client.getInputStream().read(request) > 0) {
                    writing.to(client.getOutputStream());
                }
            } catch (SocketException hungUp) {
                // which is what the generator should do
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        URI uri() {
            return URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/");
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }
}
