package io.bascule.app.imports;

import static io.bascule.app.imports.Draft.UNANSWERED;
import static io.bascule.app.imports.Draft.text;
import static io.bascule.app.imports.Draft.textOr;

import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.ListType;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.Types;
import io.bascule.planfile.keys.Values;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code migration_config} of a tool that moves one name of a zone by weights, in stages. */
final class WeightedShift {
    private static final Key<String> ZONE = Key.of("hosted_zone_id", Types.TEXT, "The zone.");
    private static final Key<String> RECORD = Key.of("record_name", Types.TEXT, "The name.");
    private static final Key<String> SOURCE = Key.of("old_target", Types.TEXT, "The source's IPv4 address.");
    private static final Key<String> TARGET = Key.of("new_target", Types.TEXT, "The target's IPv4 address.");

    private static final Key<String> CHECK_HOST = Key.of("fqdn", Types.TEXT, "The host that is asked.");
    private static final Key<String> CHECK_PATH =
            Key.of("path", Types.TEXT, "The path that is asked.").orElse("/health");
    private static final Key<Integer> CHECK_PORT =
            Key.of("port", Types.whole(1, 65_535), "The port.").orElse("443");
    private static final Key<String> CHECK_TYPE =
            Key.of("type", Types.TEXT, "HTTP or HTTPS.").orElse("HTTPS");
    private static final Key<List<Values>> CHECKS = Key.of(
            "health_checks",
            ListType.of(Section.of(
                    "a health check",
                    Key.of("name", Types.TEXT, "Its name."),
                    CHECK_HOST,
                    CHECK_PATH,
                    CHECK_PORT,
                    CHECK_TYPE,
                    Key.of("interval", Types.whole(1, 3_600), "Seconds between two."),
                    Key.of("failure_threshold", Types.whole(1, 100), "Failures that count."))),
            "The source's health check, then the target's.");

    private static final Key<Integer> WEIGHT = Key.of(
                    "new_weight", Types.whole(0, 100), "The target's share in percent.")
            .required();
    private static final Key<Integer> MINUTES = Key.of(
                    "duration_minutes", Types.whole(0, 100_000), "How long it stays.")
            .required();
    private static final Key<List<Values>> STAGES =
            Key.of("traffic_shifts", ListType.of(Section.of("a stage", WEIGHT, MINUTES)), "The stages.");

    private static final Key<String> GROUP = Key.of("target_group_arn", Types.TEXT, "The target's target group.");
    private static final Key<List<Values>> COUNTS = Key.of(
            "cloudwatch_metrics",
            ListType.of(Section.of(
                    "a metric",
                    Key.of("metric_name", Types.TEXT, "Its name."),
                    Key.of("threshold", Types.whole(0, 1_000_000_000), "The most that was allowed."))),
            "Counts that stopped the shift.");
    private static final Key<Values> WATCHED = Key.of(
            "monitoring",
            Section.of(
                    "what is watched",
                    GROUP,
                    Key.of("min_healthy_percent", Types.whole(0, 100), "The share of targets that must be well."),
                    Key.of("check_interval_seconds", Types.whole(1, 86_400), "Seconds between two looks."),
                    COUNTS),
            "What is watched during a stage.");

    static final Section KEYS =
            Section.of("a weighted shift's file", ZONE, RECORD, SOURCE, TARGET, CHECKS, STAGES, WATCHED);

    private WeightedShift() {}

    static String plan(String name, Values file) {
        List<Values> checks = file.find(CHECKS).orElse(List.of());
        Optional<String> group = file.find(WATCHED).flatMap(watched -> watched.find(GROUP));
        Draft draft = new Draft()
                .head(
                        name,
                        "Move " + file.find(RECORD).orElse(name) + " to its new platform",
                        "a weighted shift's file")
                .people()
                .environments(address(checks, 0), address(checks, 1), path(checks));
        draft.add(
                """

                # The file names the source's address @; Bascule takes what the zone has, and restores exactly that.
                entrances:
                  name:
                    router: route-53
                    region: @
                    zone: @
                    record: @
                    target: { a: @ }
                    at: @
                    expect: unanswered                # the requests that come by this name, such as 50/s
                    numbers:
                      source: unanswered              # the dimensions of the source's metrics: TargetGroup=targetgroup/old/73e2
                      target: @
                """,
                textOr(file.find(SOURCE)),
                Draft.region(group).orElse(UNANSWERED),
                textOr(file.find(ZONE)),
                textOr(file.find(RECORD)),
                textOr(file.find(TARGET)),
                textOr(file.find(RECORD).map(record -> "https://" + record)),
                group.map(arn -> text("TargetGroup=" + arn.substring(arn.lastIndexOf(':') + 1)))
                        .orElse(UNANSWERED));
        draft.data().judgement("name").beforeUsers();
        draft.add("""
                  smoke:
                    - check: { http: target, path: @, expect: 200 }
                  shift:
                    - shift: { entrances: [name], stages: @ }
                """, text(path(checks)), stages(file.find(STAGES).orElse(List.of())));
        return draft.afterUsers().yaml();
    }

    private static Optional<String> address(List<Values> checks, int index) {
        return Optional.of(index)
                .filter(i -> i < checks.size())
                .map(checks::get)
                .flatMap(check -> check.find(CHECK_HOST).map(host -> origin(check, host)));
    }

    private static String origin(Values check, String host) {
        String scheme = check.get(CHECK_TYPE).toLowerCase(Locale.ROOT).startsWith("https") ? "https" : "http";
        int port = check.get(CHECK_PORT);
        boolean usual = port == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + host + (usual ? "" : ":" + port);
    }

    private static String path(List<Values> checks) {
        return checks.isEmpty() ? "/health" : checks.getLast().get(CHECK_PATH);
    }

    /** The last stage of such a file lasts 0 minutes, and nobody looks; here it is judged too, then BAKE asks how long. */
    private static String stages(List<Values> stages) {
        if (stages.isEmpty()) {
            return UNANSWERED;
        }
        return stages.stream()
                .map(stage -> stage.get(WEIGHT) + "% for " + minutes(stage.get(MINUTES)))
                .collect(Collectors.joining(", ", "[ ", " ]"));
    }

    private static String minutes(int minutes) {
        return minutes == 0 ? "5m" : minutes + "m";
    }
}
