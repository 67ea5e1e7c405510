package io.bascule.app.world;

import io.bascule.core.json.Json;
import io.bascule.embedded.shop.ShopWorld;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The trouble that a demo asks for: once the target has half of the traffic, it grows slow or answers errors. */
final class Mischief implements AutoCloseable {
    private static final int SLOW_MILLIS = 900;
    private static final int ERRORS_PERCENT = 20;
    private static final long HALF = 5_000;
    private final ShopWorld shop;
    private final Optional<WorldOptions.Fault> fault;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private boolean done;

    Mischief(ShopWorld shop, Optional<WorldOptions.Fault> fault) {
        this.shop = shop;
        this.fault = fault;
    }

    /** Looks at the weights, and does its worst once. Trouble with that is tried again at the next look. */
    void look() throws InterruptedException {
        if (fault.isEmpty() || done) {
            return;
        }
        try {
            if (targetWeight() >= HALF) {
                done = post(fault.get());
            }
        } catch (IOException e) {
            // the front door is busy or starting: next look
        }
    }

    private long targetWeight() throws IOException, InterruptedException {
        HttpRequest request = request("GET", shop.control().resolve("/state"));
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        return Json.parse(answer.body()) instanceof Map<?, ?> state
                        && state.get("traffic") instanceof Map<?, ?> traffic
                        && traffic.get("target") != null
                ? Long.parseLong(String.valueOf(traffic.get("target")))
                : 0;
    }

    private boolean post(WorldOptions.Fault what) throws IOException, InterruptedException {
        String query = switch (what) {
            case SLOW -> "slow=" + SLOW_MILLIS + "&errors=0";
            case ERRORS -> "slow=0&errors=" + ERRORS_PERCENT;
        };
        HttpRequest request = request("POST", shop.target().resolve("/fault?" + query));
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }

    private HttpRequest request(String method, URI uri) {
        return HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(2))
                .header("Authorization", shop.token().bearer())
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
    }

    @Override
    public void close() {
        http.close();
    }
}
