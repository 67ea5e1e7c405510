package io.bascule.aws.people;

import io.bascule.aws.numbers.Series;
import io.bascule.core.json.Json;
import io.bascule.core.json.JsonException;
import io.bascule.core.plan.Side;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A dashboard's body with our charts of both sides, and marks in them. Others' widgets stay as they are. Pure.
 *
 * @param series of each entrance, by its name
 */
record Charts(Map<String, Series> series) {
    private static final int MARKS_MOST = 60;
    private static final int TOLD_MOST = 30;
    static final String BETWEEN = "\n\n---\n\n";
    private static final String HEADING = "## Told by Bascule";
    private static final int WIDTH = 12;
    private static final int HEIGHT = 6;
    private static final String WIDGETS = "widgets";

    /**
     * The body with one more mark in each of our charts, which are added where they are not there; empty where the mark is
     * there already, or the body is no dashboard.
     *
     * @param body as it was read; empty where there is none
     * @param mark unlike every other
     * @param told what is put below it in the last widget, a text
     */
    Optional<String> marked(String body, String mark, String told, Instant at) {
        Map<String, @Nullable Object> dashboard = body.isEmpty() ? new LinkedHashMap<>() : map(parsed(body));
        if (!body.isEmpty() && dashboard.isEmpty()) {
            return Optional.empty();
        }
        List<@Nullable Object> widgets = list(dashboard.get(WIDGETS));
        if (widgets.toString().contains(mark)) {
            return Optional.empty();
        }
        List<@Nullable Object> all = new ArrayList<>(widgets);
        for (Map.Entry<String, Series> each : series.entrySet()) {
            for (Chart chart : Chart.values()) {
                String title = each.getKey() + ": " + chart.words;
                int there = find(all, title);
                if (there < 0) {
                    all.add(with(chart.widget(title, each.getValue()), mark, at));
                } else {
                    all.set(there, with(map(all.get(there)), mark, at));
                }
            }
        }
        tell(all, "**" + mark + "** " + at + "\n\n" + told);
        dashboard.put(WIDGETS, all);
        return Optional.of(Json.write(dashboard));
    }

    /** Everything told, the latest last, in one text of ours. */
    private static void tell(List<@Nullable Object> widgets, String entry) {
        for (int i = 0; i < widgets.size(); i++) {
            Map<String, @Nullable Object> widget = map(widgets.get(i));
            String text = String.valueOf(map(widget.get("properties")).get("markdown"));
            if (text.startsWith(HEADING)) {
                List<String> entries = new ArrayList<>(List.of(text.split(BETWEEN, -1)));
                entries.add(entry);
                int first = Math.max(1, entries.size() - TOLD_MOST);
                widget.put(
                        "properties",
                        Json.object(
                                "markdown",
                                HEADING + BETWEEN + String.join(BETWEEN, entries.subList(first, entries.size()))));
                widgets.set(i, widget);
                return;
            }
        }
        widgets.add(Json.object(
                "type",
                "text",
                "width",
                2 * WIDTH,
                "height",
                HEIGHT,
                "properties",
                Json.object("markdown", HEADING + BETWEEN + entry)));
    }

    private static @Nullable Object parsed(String body) {
        try {
            return Json.parse(body);
        } catch (JsonException e) {
            return null; // not ours to mend: it is left alone
        }
    }

    private static int find(List<@Nullable Object> widgets, String title) {
        for (int i = 0; i < widgets.size(); i++) {
            if (title.equals(map(map(widgets.get(i)).get("properties")).get("title"))) {
                return i;
            }
        }
        return -1;
    }

    private static Map<String, @Nullable Object> with(Map<String, @Nullable Object> widget, String mark, Instant at) {
        Map<String, @Nullable Object> properties = map(widget.get("properties"));
        Map<String, @Nullable Object> annotations = map(properties.get("annotations"));
        List<@Nullable Object> marks = new ArrayList<>(list(annotations.get("vertical")));
        marks.add(Json.object("label", mark, "value", at.toString()));
        annotations.put("vertical", marks.subList(Math.max(0, marks.size() - MARKS_MOST), marks.size()));
        properties.put("annotations", annotations);
        widget.put("properties", properties);
        return widget;
    }

    private static Map<String, @Nullable Object> map(@Nullable Object value) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> given) {
            given.forEach((key, each) -> map.put(String.valueOf(key), each));
        }
        return map;
    }

    private static List<@Nullable Object> list(@Nullable Object value) {
        return value instanceof List<?> given ? new ArrayList<>(given) : new ArrayList<>();
    }

    private enum Chart {
        REQUESTS("requests", "Sum"),
        FAILED("failed", "Sum"),
        LATENCY("p95", "p95");

        private final String words;
        private final String statistic;

        Chart(String words, String statistic) {
            this.words = words;
            this.statistic = statistic;
        }

        private String metric(Series series) {
            return switch (this) {
                case REQUESTS -> series.requests();
                case FAILED -> series.failed();
                case LATENCY -> series.latency();
            };
        }

        Map<String, @Nullable Object> widget(String title, Series series) {
            List<Object> metrics = new ArrayList<>();
            for (Side side : Side.values()) {
                List<Object> metric = new ArrayList<>(List.of(series.namespace(), metric(series)));
                series.dimensions(side).forEach((name, value) -> metric.addAll(List.of(name, value)));
                metric.add(Json.object("label", side.word()));
                metrics.add(metric);
            }
            return map(Json.object(
                    "type",
                    "metric",
                    "width",
                    WIDTH,
                    "height",
                    HEIGHT,
                    "properties",
                    Json.object(
                            "title", title,
                            "region", series.region(),
                            "stat", statistic,
                            "period", Math.max(1, series.period().toSeconds()),
                            "metrics", metrics)));
        }
    }
}
