package io.bascule.app.meters;

import io.bascule.core.json.Json;
import io.bascule.core.json.JsonException;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Meter;
import io.bascule.core.port.MeterReading;
import io.bascule.core.port.MeterReading.At;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query of Prometheus over a stretch of time. Asked up to three times where the server does not answer or says that it
 * cannot; redirects are not followed. A token is shown nowhere.
 */
final class PrometheusMeter implements Meter {
    static final Duration STEP = Duration.ofSeconds(15);

    private static final String PATH = "/api/v1/query_range";
    private static final Pattern STEPS = Pattern.compile("(\\d{1,6})(ms|s|m|h|)");
    private static final int LARGEST = 64 << 20;
    private static final int ATTEMPTS = 3;
    private static final int SERVER_ERROR = 500;
    private static final int TOO_MANY = 429;

    private final URI address;
    private final String query;
    private final Duration step;
    private final Scale scale;
    private final Optional<String> token;
    private final Duration timeOut;
    private final InstantSource clock;

    PrometheusMeter(
            URI address,
            String query,
            Duration step,
            Scale scale,
            Optional<String> token,
            Duration timeOut,
            InstantSource clock) {
        this.address = address;
        this.query = query;
        this.step = step;
        this.scale = scale;
        this.token = token;
        this.timeOut = timeOut;
        this.clock = clock;
    }

    /** A step as Prometheus takes them, in whole seconds: {@code 15s}, {@code 1m}, {@code 15}. */
    static Optional<Duration> step(String text) {
        Matcher matcher = STEPS.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        Duration step = switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofSeconds(number);
        };
        return Optional.of(step).filter(each -> each.toMillis() >= 1000 && each.toMillis() % 1000 == 0);
    }

    /** Samples are there as soon as they are scraped. */
    @Override
    public Duration delay() {
        return Duration.ZERO;
    }

    @Override
    public Scale scale() {
        return scale;
    }

    @Override
    public String about() {
        return query + " of " + address;
    }

    @Override
    public MeterReading read(Instant from, Instant to, Deadline deadline) {
        HttpRequest.Builder request = request(from, to);
        MeterReading.Failed trouble = new MeterReading.Failed("no time is left to ask " + address, true);
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(timeOut).build()) {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Duration left = deadline.left(clock.instant());
                if (left.isZero()) {
                    return trouble;
                }
                Duration wait = left.compareTo(timeOut) < 0 ? left : timeOut;
                MeterReading reading = ask(client, request.timeout(wait).build(), from, to);
                if (!(reading instanceof MeterReading.Failed failed && failed.again())) {
                    return reading;
                }
                trouble = failed;
            }
        }
        return trouble;
    }

    private MeterReading ask(HttpClient client, HttpRequest request, Instant from, Instant to) {
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            String text = text(response);
            if (response.statusCode() == 200) {
                return told(text, from, to);
            }
            boolean again = response.statusCode() >= SERVER_ERROR || response.statusCode() == TOO_MANY;
            return failed("status " + response.statusCode() + said(text), again);
        } catch (HttpTimeoutException e) {
            return failed("no answer in time", true);
        } catch (ConnectException e) {
            return failed("no connection", true);
        } catch (IOException e) {
            return failed("the answer broke off", true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed("interrupted", false);
        }
    }

    private MeterReading told(String text, Instant from, Instant to) {
        try {
            List<At> samples = PrometheusAnswer.samples(text).stream()
                    .filter(each -> !each.at().isBefore(from) && !each.at().isAfter(to))
                    .toList();
            long expected = Duration.between(from, to).dividedBy(step) + 1;
            return new MeterReading.Told(samples, Math.clamp(expected - samples.size(), 0, Integer.MAX_VALUE));
        } catch (IllegalArgumentException e) {
            return failed("" + e.getMessage(), false);
        }
    }

    private MeterReading.Failed failed(String why, boolean again) {
        return new MeterReading.Failed(address + ": " + why, again);
    }

    private HttpRequest.Builder request(Instant from, Instant to) {
        String path =
                address.getRawPath() == null ? "" : address.getRawPath().replaceAll("(/api/v1/query(_range)?)?/*$", "");
        String parameters = "?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)
                + "&start=" + seconds(from)
                + "&end=" + seconds(to)
                + "&step=" + step.toSeconds() + "s";
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create(address.getScheme() + "://" + address.getRawAuthority() + path + PATH + parameters));
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    private static String seconds(Instant at) {
        return at.getEpochSecond() + String.format(Locale.ROOT, ".%03d", at.getNano() / 1_000_000);
    }

    private static String text(HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = response.body()) {
            byte[] bytes = body.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IOException("an answer larger than " + LARGEST + " bytes");
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

    @Override
    public void close() {
        // a client is opened for each reading
    }
}
