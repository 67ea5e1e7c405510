package io.bascule.load.replay;

import io.bascule.core.json.Json;
import io.bascule.core.json.JsonException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The safe requests of a log, in the order in which they came.
 *
 * @param requests GET, HEAD and OPTIONS; what might change something is never sent again
 * @param unsafe how many others there were
 * @param faults lines that could not be read: the first ten
 * @param unread how many of those there were
 */
public record Recording(List<Entry> requests, long unsafe, List<Fault> faults, long unread) {

    /** One request. */
    public record Entry(Instant at, String method, String path) {}

    /** A line that is none of the known forms. */
    public record Fault(int line, String what) {}

    private static final int FAULTS_MAX = 10;
    private static final long SECOND = 1_000_000_000;
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> ALB = Set.of("http", "https", "h2", "grpcs", "ws", "wss");
    private static final Pattern COMMON =
            Pattern.compile("^\\S+ \\S+ .*?\\[([^]]+)] \"((?:[^\"\\\\]|\\\\.)*)\" \\d{3} .*$");
    private static final Pattern REQUEST = Pattern.compile("^([A-Z]+) (\\S+)(?: HTTP/[\\d.]+)?$");
    private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)");
    private static final DateTimeFormatter COMMON_TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);
    private static final int ALB_TIME = 1;
    private static final int ALB_REQUEST = 12;
    private static final int ALB_CREATED = 21;

    /** Copies what it is given. */
    public Recording {
        requests = List.copyOf(requests);
        faults = List.copyOf(faults);
    }

    /**
     * Reads a log: combined or common log format, the access log of an AWS Application Load Balancer, or HAR. Which one it is
     * shows in the text. Never throws for what is in it.
     */
    public static Recording read(String text) {
        var reading = new Reading();
        if (text.stripLeading().startsWith("{")) {
            reading.har(text);
        } else {
            text.lines().forEach(reading::line);
        }
        reading.requests.sort(Comparator.comparing(Entry::at));
        return new Recording(reading.requests, reading.unsafe, reading.faults, reading.unread);
    }

    /**
     * When each is due, in nanoseconds after the first. Logs that know whole seconds only have theirs spread evenly over each
     * second, so that no burst is invented.
     *
     * @param speed how many times as fast as it was recorded, above 0
     */
    public List<Long> schedule(double speed) {
        var nanos = new ArrayList<Long>();
        for (int i = 0; i < requests.size(); ) {
            Instant at = requests.get(i).at();
            int end = i;
            while (end < requests.size() && requests.get(end).at().equals(at)) {
                end++;
            }
            long within = at.equals(at.truncatedTo(ChronoUnit.SECONDS)) ? SECOND / (end - i) : 0;
            long from = Duration.between(requests.getFirst().at(), at).toNanos();
            for (int k = 0; i < end; i++, k++) {
                nanos.add((long) ((from + k * within) / speed));
            }
        }
        return nanos;
    }

    private static final class Reading {
        private final List<Entry> requests = new ArrayList<>();
        private final List<Fault> faults = new ArrayList<>();
        private long unsafe;
        private long unread;
        private int number;

        void line(String line) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                return;
            }
            int space = line.indexOf(' ');
            if (space > 0 && ALB.contains(line.substring(0, space))) {
                alb(line);
            } else {
                common(line);
            }
        }

        private void common(String line) {
            Matcher matcher = COMMON.matcher(line);
            if (!matcher.matches()) {
                fault("neither the combined log format nor a load balancer's");
                return;
            }
            try {
                add(OffsetDateTime.parse(matcher.group(1), COMMON_TIME).toInstant(), matcher.group(2));
            } catch (DateTimeException e) {
                fault("'" + matcher.group(1) + "' is no time");
            }
        }

        private void alb(String line) {
            var words = new ArrayList<String>();
            Matcher matcher = WORD.matcher(line);
            while (matcher.find()) {
                words.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
            }
            if (words.size() <= ALB_REQUEST) {
                fault("a load balancer's line has more fields");
                return;
            }
            String time = words.size() > ALB_CREATED ? words.get(ALB_CREATED) : words.get(ALB_TIME);
            try {
                add(Instant.parse(time), words.get(ALB_REQUEST));
            } catch (DateTimeException e) {
                fault("'" + time + "' is no time");
            }
        }

        private void add(Instant at, String request) {
            Matcher matcher = REQUEST.matcher(request.trim());
            if (!matcher.matches()) {
                fault("'" + request + "' is no request");
                return;
            }
            add(at, matcher.group(1), matcher.group(2));
        }

        private void add(Instant at, String method, String where) {
            Optional<String> path = path(where);
            if (!SAFE.contains(method)) {
                unsafe++;
            } else if (path.isEmpty()) {
                fault("'" + where + "' is no path");
            } else {
                requests.add(new Entry(at, method, path.get()));
            }
        }

        private static Optional<String> path(String where) {
            String path = where;
            if (!where.startsWith("/")) {
                try {
                    URI uri = URI.create(where);
                    String raw = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
                    path = uri.getRawQuery() == null ? raw : raw + "?" + uri.getRawQuery();
                } catch (IllegalArgumentException e) {
                    return Optional.empty();
                }
            }
            return path.startsWith("/") && path.chars().allMatch(c -> c > ' ' && c < 0x7f)
                    ? Optional.of(path)
                    : Optional.empty();
        }

        void har(String text) {
            try {
                if (Json.parse(text) instanceof Map<?, ?> root
                        && root.get("log") instanceof Map<?, ?> log
                        && log.get("entries") instanceof List<?> entries) {
                    entries.forEach(this::harEntry);
                    return;
                }
                number = 1;
                fault("JSON, and no HAR: there is no log.entries");
            } catch (JsonException e) {
                number = 1;
                fault("not JSON: " + e.getMessage());
            }
        }

        private void harEntry(Object entry) {
            number++;
            if (entry instanceof Map<?, ?> map
                    && map.get("startedDateTime") instanceof String time
                    && map.get("request") instanceof Map<?, ?> request
                    && request.get("method") instanceof String method
                    && request.get("url") instanceof String url) {
                try {
                    add(OffsetDateTime.parse(time).toInstant(), method, url);
                } catch (DateTimeException e) {
                    fault("'" + time + "' is no time");
                }
            } else {
                fault("an entry without startedDateTime, request.method and request.url");
            }
        }

        private void fault(String what) {
            unread++;
            if (faults.size() < FAULTS_MAX) {
                faults.add(new Fault(number, what));
            }
        }
    }
}
