import io.hyperfoil.api.config.BenchmarkData;
import io.hyperfoil.core.impl.LocalSimulationRunner;
import io.hyperfoil.core.parser.BenchmarkParser;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Hyperfoil in this process, one thread, closed model: URL CONNECTIONS SECONDS. Prints responses per second. */
public final class HyperfoilPeer {
    public static void main(String[] arguments) throws Exception {
        String seconds = arguments[2];
        String benchmark = """
                name: peer
                threads: 1
                http:
                  host: %s
                  sharedConnections: %s
                phases:
                - warmup:
                    always:
                      users: %2$s
                      duration: 8s
                      scenario:
                      - fetch:
                        - httpRequest:
                            GET: /
                - measured:
                    always:
                      users: %2$s
                      duration: %3$ss
                      startAfter: warmup
                      scenario:
                      - fetch:
                        - httpRequest:
                            GET: /
                """.formatted(arguments[0], arguments[1], seconds);
        var responses = new AtomicLong();
        var runner = new LocalSimulationRunner(
                BenchmarkParser.instance()
                        .buildBenchmark(
                                new ByteArrayInputStream(benchmark.getBytes(StandardCharsets.UTF_8)),
                                BenchmarkData.EMPTY,
                                Map.of()),
                (phase, step, metric, snapshot, countDown) -> {
                    if (phase.name().equals("measured")) {
                        responses.addAndGet(snapshot.responseCount);
                    }
                },
                (_, _, _) -> {},
                (_, _, _, _) -> {});
        runner.run();
        System.out.println("Requests/sec: " + responses.get() / Double.parseDouble(seconds));
        System.exit(0);
    }
}
