package io.bascule.app.performance;

import io.bascule.core.json.Json;
import io.bascule.core.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A query of Prometheus, or of what speaks its API, asked over the time of a run:
 * {@code http://prometheus:9090/?query=avg(…)}, with {@code &step=5s} where its samples lie closer than 15 s. Asked up to
 * three times where the server does not answer or says that it cannot; redirects are not followed. A token comes from the
 * environment ({@link #TOKEN}) and is shown nowhere. Blocks, at most a minute and a half.
 */
public final class PrometheusQuery {
    /** The environment variable with a bearer token, for servers that want one. */
    public static final String TOKEN = "BASCULE_PROMETHEUS_TOKEN";

    private static final String PATH = "/api/v1/query_range";
    private static final String STEP = "15s";
    private static final int LARGEST = 64 << 20;
    private static final int ATTEMPTS = 3;
    private static final int SERVER_ERROR = 500;

    private final URI address;
    private final String query;
    private final String step;
    private final Optional<String> token;
    private final Duration timeOut;

    private PrometheusQuery(URI address, String query, String step, Optional<String> token, Duration timeOut) {
        this.address = address;
        this.query = query;
        this.step = step;
        this.token = token;
        this.timeOut = timeOut;
    }

    /** Whether this is an address, and not a file. */
    public static boolean isAddress(String text) {
        return text.regionMatches(true, 0, "http://", 0, 7) || text.regionMatches(true, 0, "https://", 0, 8);
    }

    /** @throws IllegalArgumentException for an address without a query; the message says what was expected */
    public static PrometheusQuery of(String address) {
        return of(address, Optional.ofNullable(System.getenv(TOKEN)), Duration.ofSeconds(30));
    }

    static PrometheusQuery of(String address, Optional<String> token, Duration timeOut) {
        int mark = address.indexOf('?');
        URI base = uri(mark < 0 ? address : address.substring(0, mark));
        if (base.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "an address of Prometheus with a password in it; set " + TOKEN + " instead");
        }
        String parameters = mark < 0 ? "" : address.substring(mark + 1);
        String query = parameter(parameters, "query")
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> new IllegalArgumentException(
                        base + ": expected a query, as in " + base + "?query=avg(cpu_share)"));
        return new PrometheusQuery(base, query, parameter(parameters, "step").orElse(STEP), token, timeOut);
    }

    private static URI uri(String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new IllegalArgumentException("not an address of Prometheus: expected http://HOST:PORT/?query=…");
    }

    /** What is written between this name and the next parameter; a query may be written as it is, or encoded. */
    private static Optional<String> parameter(String parameters, String name) {
        return Arrays.stream(parameters.split("&(?=(query|step)=)"))
                .filter(each -> each.startsWith(name + "="))
                .map(each -> each.substring(name.length() + 1))
                .map(PrometheusQuery::decoded)
                .findFirst();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // a query with a % of its own
        }
    }

    /**
     * The samples within that time.
     *
     * @param measure whose samples they are
     * @throws IllegalArgumentException when there is no answer, or not one series in it; the message says why
     */
    public SortedMap<String, List<Double>> ask(String measure, Instant from, Duration lasting)
            throws InterruptedException {
        String text = answer(from, lasting);
        return ResourceFile.of(address.toString(), text, Optional.of(measure), Optional.of(from), Optional.of(lasting));
    }

    private String answer(Instant from, Duration lasting) throws InterruptedException {
        HttpRequest request = request(from, lasting);
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(timeOut).build()) {
            String trouble = "";
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                try {
                    HttpResponse<InputStream> response =
                            client.send(request, HttpResponse.BodyHandlers.ofInputStream());
                    String text = text(response);
                    if (response.statusCode() == 200) {
                        return text;
                    }
                    trouble = "status " + response.statusCode() + said(text);
                    if (response.statusCode() < SERVER_ERROR) {
                        break;
                    }
                } catch (HttpTimeoutException e) {
                    trouble = "no answer within " + timeOut.toSeconds() + " s";
                } catch (ConnectException e) {
                    trouble = "no connection";
                } catch (IOException e) {
                    trouble = "the answer broke off";
                }
            }
            throw new IllegalArgumentException(address + ": " + trouble);
        }
    }

    private HttpRequest request(Instant from, Duration lasting) {
        String path =
                address.getRawPath() == null ? "" : address.getRawPath().replaceAll("(/api/v1/query(_range)?)?/*$", "");
        String parameters = "?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)
                + "&start=" + seconds(from)
                + "&end=" + seconds(from.plus(lasting))
                + "&step=" + URLEncoder.encode(step, StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(address.getScheme() + "://" + address.getRawAuthority() + path + PATH + parameters))
                .timeout(timeOut);
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request.build();
    }

    private static String seconds(Instant at) {
        return at.getEpochSecond() + String.format(java.util.Locale.ROOT, ".%03d", at.getNano() / 1_000_000);
    }

    private String text(HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = response.body()) {
            byte[] bytes = body.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IllegalArgumentException(address + ": an answer larger than " + LARGEST + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Prometheus' own words for what was wrong. */
    private static String said(String text) {
        try {
            return Json.parse(text) instanceof Map<?, ?> map && map.get("error") instanceof String error
                    ? ": " + error
                    : "";
        } catch (JsonException e) {
            return "";
        }
    }
}
