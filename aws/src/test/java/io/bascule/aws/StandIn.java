package io.bascule.aws;

import com.sun.net.httpserver.HttpServer;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Peers;
import io.bascule.core.plan.Side;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;

/**
 * A stand-in for what no peer has: users who come to a side as the API's weights say now, the figures of it in
 * CloudWatch, second by second, and web servers that name their side. Shares are exact, figures are as coarse as
 * CloudWatch's: whoever asks for a window waits for the second to be over.
 */
public final class StandIn implements AutoCloseable {
    private static final int TOGETHER = 50;
    private final Clients clients = new Clients("");
    private final String namespace = Peers.fresh("StandIn");
    private final Function<Side, Map<String, String>> dimensions;
    private final Supplier<Map<Side, Integer>> weights;
    private final List<HttpServer> servers = new ArrayList<>();
    private double owedToSource;

    /** @param weights as the API tells them at this moment */
    public StandIn(Function<Side, Map<String, String>> dimensions, Supplier<Map<Side, Integer>> weights) {
        this.dimensions = dimensions;
        this.weights = weights;
    }

    public String namespace() {
        return namespace;
    }

    /** Whoever is next: over any number of users each side has its share, to one user. */
    public synchronized Side next() {
        owedToSource += 1 - targetShare();
        if (owedToSource < 0.5) {
            return Side.TARGET;
        }
        owedToSource -= 1;
        return Side.SOURCE;
    }

    private double targetShare() {
        Map<Side, Integer> now = weights.get();
        double sum = now.values().stream().mapToInt(weight -> weight).sum();
        return now.getOrDefault(Side.TARGET, 0) / sum;
    }

    /** A web server on that address, any port for 0, that answers as whoever is next, or always as one side. */
    public int serve(String address, int port, Supplier<Side> who) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(address), port), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("X-Bascule-Side", who.get().word());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        servers.add(server);
        return server.getAddress().getPort();
    }

    /** So many users come, in a second that begins after the weights were last changed, and all are answered well. */
    public void usersRead(int requests) throws InterruptedException {
        nextSecond();
        Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        int target = (int) Math.round(requests * targetShare());
        put(Side.SOURCE, requests - target, at);
        put(Side.TARGET, target, at);
    }

    /** Waits for the next second to begin. */
    public static void nextSecond() throws InterruptedException {
        Instant now = Instant.now();
        Instant next = now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        Thread.sleep(Duration.between(now, next).plusMillis(150));
    }

    private void put(Side side, int requests, Instant at) {
        if (requests == 0) {
            return;
        }
        MetricDatum any = MetricDatum.builder()
                .dimensions(dimensions.apply(side).entrySet().stream()
                        .map(each -> Dimension.builder()
                                .name(each.getKey())
                                .value(each.getValue())
                                .build())
                        .toList())
                .timestamp(at)
                .storageResolution(1)
                .build();
        List<MetricDatum> data = Stream.concat(
                        Stream.of(
                                named(any, "RequestCount", requests),
                                // a real one emits none while nothing fails; here zero is told
                                named(any, "HTTPCode_Target_5XX_Count", 0)),
                        Stream.generate(() -> named(any, "TargetResponseTime", 0.02))
                                .limit(Math.min(requests, TOGETHER)))
                .toList();
        var _ = clients.cloudWatch(Peers.REGION)
                .putMetricData(put -> put.namespace(namespace).metricData(data));
    }

    private static MetricDatum named(MetricDatum any, String name, double value) {
        return any.toBuilder().metricName(name).value(value).build();
    }

    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
        clients.close();
    }
}
