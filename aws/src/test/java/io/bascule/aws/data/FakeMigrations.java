package io.bascule.aws.data;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bascule.aws.api.Clients;
import io.bascule.core.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkClient;

/**
 * DMS as its API model documents it, over HTTP: JSON 1.1, times as seconds. One task that runs; stopping and starting it
 * take two looks. A test spoils single actions.
 */
final class FakeMigrations implements AutoCloseable {
    static final String REGION = "eu-central-1";
    static final String TASK = "arn:aws:dms:eu-central-1:123456789012:task:2PVREMWNPGYJCVU2IBPTOYTIV4";
    static final String INSTANCE = "arn:aws:dms:eu-central-1:123456789012:rep:6USOU366XFJUWATDJGBCJS3VIQ";
    static final String INSTANCE_NAME = "shop-instance";

    /** What becomes of a call. */
    enum Fault {
        THROTTLED,
        FAILED,
        DONE_BUT_LOST,
        BROKEN_OFF,
        EMPTY,
        DENIED
    }

    String status = "running";

    @Nullable
    String stopReason;

    @Nullable
    Instant stopped;

    final Map<String, @Nullable Object> stats = new TreeMap<>(Map.of(
            "FullLoadProgressPercent",
            100,
            "TablesLoaded",
            2,
            "TablesLoading",
            0,
            "TablesQueued",
            0,
            "TablesErrored",
            0));
    final List<Map<String, Object>> tables = new ArrayList<>();
    int page = 500;
    final List<String> actions = new ArrayList<>();
    final List<String> startedBy = new ArrayList<>();
    final Map<String, Fault> faults = new LinkedHashMap<>();
    private int looksUntilThere;
    private final HttpServer server;

    FakeMigrations() throws IOException {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        table("orders");
        table("customers");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    Map<String, Object> table(String name) {
        Map<String, Object> table = new LinkedHashMap<>(Map.of(
                "SchemaName",
                "shop",
                "TableName",
                name,
                "TableState",
                "Table completed",
                "ValidationState",
                "Validated",
                "ValidationPendingRecords",
                0,
                "ValidationFailedRecords",
                0,
                "ValidationSuspendedRecords",
                0));
        tables.add(table);
        return table;
    }

    /** Clients that reach this server for DMS, and the fakes for the rest. */
    Clients clients(SdkClient... others) {
        SdkClient[] all = new SdkClient[others.length + 1];
        System.arraycopy(others, 0, all, 1, others.length);
        all[0] = Clients.at(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .replications(REGION);
        return Clients.of(all);
    }

    long count(String action) {
        return actions.stream().filter(action::equals).count();
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String action = target.substring(target.indexOf('.') + 1);
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<?, ?> asked = Json.parse(body) instanceof Map<?, ?> map ? map : Map.of();
        actions.add(action);
        Fault fault = faults.remove(action);
        try (exchange) {
            if (fault == null) {
                answer(exchange, action, asked);
                return;
            }
            switch (fault) {
                case THROTTLED -> error(exchange, 400, "ThrottlingException");
                case DENIED -> error(exchange, 400, "AccessDeniedException");
                case FAILED -> error(exchange, 500, "InternalFailure");
                case EMPTY -> send(exchange, 200, Map.of());
                case BROKEN_OFF -> {}
                case DONE_BUT_LOST -> {
                    Object _ = done(action, asked);
                }
            }
        }
    }

    private void answer(HttpExchange exchange, String action, Map<?, ?> asked) throws IOException {
        Object answer = done(action, asked);
        if (answer instanceof String code) {
            error(exchange, 400, code);
        } else {
            send(exchange, 200, answer);
        }
    }

    /** What is answered, or the code of the error. */
    private Object done(String action, Map<?, ?> asked) {
        return switch (action) {
            case "DescribeReplicationTasks" -> {
                if (looksUntilThere > 0 && --looksUntilThere == 0) {
                    status = status.equals("stopping") ? "stopped" : "running";
                }
                yield Map.of("ReplicationTasks", asksFor(asked, TASK) ? List.of(task()) : List.of());
            }
            case "DescribeReplicationInstances" ->
                Map.of(
                        "ReplicationInstances",
                        asksFor(asked, INSTANCE)
                                ? List.of(Map.of(
                                        "ReplicationInstanceArn", INSTANCE,
                                        "ReplicationInstanceIdentifier", INSTANCE_NAME))
                                : List.of());
            case "DescribeTableStatistics" -> statistics(asked);
            case "StopReplicationTask" -> stop();
            case "StartReplicationTask" -> start(asked);
            default -> "UnknownOperationException";
        };
    }

    private static boolean asksFor(Map<?, ?> asked, String arn) {
        return asked.get("Filters") instanceof List<?> filters
                && filters.toString().contains(arn);
    }

    private Map<String, @Nullable Object> task() {
        Map<String, @Nullable Object> told = new LinkedHashMap<>(stats);
        told.put("StartDate", 1_700_000_000.5);
        if (stopped != null) {
            told.put("StopDate", stopped.toEpochMilli() / 1e3);
        }
        Map<String, @Nullable Object> task = new LinkedHashMap<>();
        task.put("ReplicationTaskArn", TASK);
        task.put("ReplicationTaskIdentifier", "shop");
        task.put("ReplicationInstanceArn", INSTANCE);
        task.put("MigrationType", "full-load-and-cdc");
        task.put("Status", status);
        task.put("StopReason", stopReason);
        task.put("RecoveryCheckpoint", "checkpoint:V1#27#binlog.157832");
        task.put("ReplicationTaskCreationDate", 1_699_999_999.25);
        task.put("ReplicationTaskStats", told);
        return task;
    }

    private Object statistics(Map<?, ?> asked) {
        int from = asked.get("Marker") instanceof String marker ? Integer.parseInt(marker) : 0;
        int to = Math.min(tables.size(), from + page);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("ReplicationTaskArn", TASK);
        answer.put("TableStatistics", tables.subList(from, to));
        if (to < tables.size()) {
            answer.put("Marker", "" + to);
        }
        return answer;
    }

    private Object stop() {
        if (!status.equals("running")) {
            return "InvalidResourceStateFault";
        }
        status = "stopping";
        stopReason = "Stop Reason NORMAL";
        stopped = Instant.now();
        looksUntilThere = 2;
        return Map.of("ReplicationTask", task());
    }

    private Object start(Map<?, ?> asked) {
        if (!status.equals("stopped")) {
            return "InvalidResourceStateFault";
        }
        startedBy.add(String.valueOf(asked.get("StartReplicationTaskType")));
        status = "starting";
        stopReason = null;
        looksUntilThere = 2;
        return Map.of("ReplicationTask", task());
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        send(exchange, status, Map.of("__type", code, "message", "told by the fake"));
    }

    private static void send(HttpExchange exchange, int status, Object answer) throws IOException {
        byte[] body = Json.write(answer).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
