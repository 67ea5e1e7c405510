package io.bascule.load.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One user's cookies for one target: name and value. One whose age is 0 is forgotten; paths and domains are not looked at. */
final class Cookies {

    private final Map<String, String> values = new LinkedHashMap<>();

    /** Takes in a response's {@code Set-Cookie} lines. */
    void take(List<String> lines) {
        for (String line : lines) {
            String pair = line.split(";", 2)[0];
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String name = pair.substring(0, equals).trim();
                if (line.toLowerCase(Locale.ROOT).matches("(?s).*;\\s*max-age=(0|-\\d+)\\s*(;.*)?")) {
                    values.remove(name);
                } else {
                    values.put(name, Visit.headerSafe(pair.substring(equals + 1).trim()));
                }
            }
        }
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** The value of a {@code Cookie} header. */
    String header() {
        return values.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining("; "));
    }
}
