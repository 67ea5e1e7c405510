package io.bascule.embedded.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls of the control plane, each with a time-out over the whole exchange. Tells apart what was certainly not sent
 * from what may have been: the difference between {@code Refused} and {@code Unknown}. The JDK's client may send a GET
 * twice by itself; nothing that changes anything is a GET. Safe for many threads.
 */
public final class HttpCaller {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final long BODY_BYTES_MAX = 8 << 20;
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(CONNECT)
            .executor(THREADS)
            .build();

    private HttpCaller() {}

    /** How a call ended. */
    public sealed interface Call {
        String why();
    }

    /** @param headers names in lower case, first value of each */
    public record Answered(int status, Map<String, String> headers, String body) implements Call {
        public Answered {
            headers = Map.copyOf(headers);
        }

        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }

        @Override
        public String why() {
            String told = body.strip();
            return status + (told.isEmpty() ? "" : " " + told.substring(0, Math.min(300, told.length())));
        }
    }

    /** Nobody was reached: certainly without effect. */
    public record NotSent(String why) implements Call {}

    /** Sent, perhaps received; no answer. The thread's interrupt flag is kept. */
    public record Lost(String why) implements Call {}

    /** Sends one request and waits for the whole answer, at most {@code within}. Never throws for trouble outside. */
    public static Call call(String method, URI uri, Map<String, String> headers, String body, Duration within) {
        if (within.isNegative() || within.isZero()) {
            return new NotSent("no time left to ask " + uri);
        }
        if (Thread.currentThread().isInterrupted()) {
            return new NotSent("interrupted before asking " + uri);
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(within)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        var sent = CLIENT.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofString(), BODY_BYTES_MAX));
        try {
            return answered(sent.get(within.toMillis() + 50, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            return new Lost("interrupted while asking " + uri);
        } catch (TimeoutException e) {
            sent.cancel(true);
            return new Lost(uri + " did not answer within " + within.toMillis() + " ms");
        } catch (java.util.concurrent.ExecutionException e) {
            return failed(uri, within, e.getCause() == null ? e : e.getCause());
        }
    }

    private static Call answered(HttpResponse<String> response) {
        Map<String, String> headers = new HashMap<>();
        response.headers()
                .map()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return new Answered(response.statusCode(), headers, response.body());
    }

    private static Call failed(URI uri, Duration within, Throwable cause) {
        return switch (cause) {
            case HttpConnectTimeoutException _ -> new NotSent("no connection to " + uri + " in time");
            case ConnectException _ -> new NotSent("connection to " + uri + " refused");
            case UnresolvedAddressException _ -> new NotSent("no address for " + uri);
            case HttpTimeoutException _ -> new Lost(uri + " did not answer within " + within.toMillis() + " ms");
            case IOException broken -> new Lost(uri + " broke off: " + broken.getMessage());
            default -> new Lost(uri + " failed: " + cause);
        };
    }
}
