package io.bascule.app.world;

import io.bascule.core.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Talks to a running world: how its users fare, their ledger, its end. */
public final class WorldClient {
    private final URI base;
    private final String token;

    public WorldClient(Path folder, WorldFile world) throws IOException {
        this.base = URI.create("http://127.0.0.1:" + world.world());
        this.token = Files.readString(folder.resolve(WorldServer.TOKEN)).strip();
    }

    /** Totals of the users so far. */
    public Map<String, @Nullable Object> users() throws IOException, InterruptedException {
        return ask("GET", "/users", Duration.ofSeconds(5));
    }

    /** Stops the users, waits for their last answers, and holds their ledger against the database that is writable. */
    public Map<String, @Nullable Object> settle() throws IOException, InterruptedException {
        return ask("POST", "/users/settle", Duration.ofSeconds(60));
    }

    /** Ends the world. */
    public void stop() throws IOException, InterruptedException {
        ask("POST", "/stop", Duration.ofSeconds(10));
    }

    /** Each on a connection of its own: the world closes one that rested, just when it may be used again. */
    @SuppressWarnings("unchecked")
    private Map<String, @Nullable Object> ask(String method, String path, Duration timeOut)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(timeOut)
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer;
        try (HttpClient http = HttpClient.newHttpClient()) {
            answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        }
        if (answer.statusCode() != 200 || !(Json.parse(answer.body()) instanceof Map<?, ?> map)) {
            throw new IOException("the world answered " + answer.statusCode() + " to " + path);
        }
        return (Map<String, @Nullable Object>) map;
    }
}
