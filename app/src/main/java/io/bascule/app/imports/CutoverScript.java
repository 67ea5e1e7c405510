package io.bascule.app.imports;

import static io.bascule.app.imports.Draft.UNANSWERED;
import static io.bascule.app.imports.Draft.text;
import static io.bascule.app.imports.Draft.textOr;

import io.bascule.core.json.Json;
import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.ListType;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.Types;
import io.bascule.planfile.keys.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code cutover-config.json} of a script that points a load balancer's listener to another target group, and then a name
 * to another place, all users at once.
 */
final class CutoverScript {
    private static final Key<String> BALANCER =
            Key.of("load_balancer_arn", Types.TEXT, "The load balancer; the script changes its first listener.");
    private static final Key<String> SOURCE = Key.of("old_target_group_arn", Types.TEXT, "The source's target group.");
    private static final Key<String> TARGET = Key.of("new_target_group_arn", Types.TEXT, "The target's target group.");
    private static final Key<String> HEALTH =
            Key.of("health_check_url", Types.URL, "Where the target says it is well.");
    private static final Key<String> ZONE = Key.of("dns_zone_id", Types.TEXT, "The zone of the name.");
    private static final Key<String> RECORD = Key.of("dns_record_name", Types.TEXT, "The name that users know.");
    private static final Key<String> LEADS_TO = Key.of("new_dns_target", Types.TEXT, "What the name shall lead to.");
    private static final Key<String> REPLICATION = Key.of("dms_task_arn", Types.TEXT, "The task that copies the data.");
    private static final Key<List<String>> SCRIPTS =
            Key.of("validation_scripts", ListType.of(Types.TEXT), "Scripts that say whether the target works.");
    private static final Key<List<String>> ALARMS =
            Key.of("cloudwatch_alarms", ListType.of(Types.TEXT), "Alarms as the command line takes them.");
    private static final Key<Integer> CLEAN_UP =
            Key.of("cleanup_delay_hours", Types.whole(0, 10_000), "When the source's target group is deleted.");

    static final Section KEYS = Section.of(
            "a cutover script's file",
            BALANCER,
            SOURCE,
            TARGET,
            HEALTH,
            ZONE,
            RECORD,
            LEADS_TO,
            REPLICATION,
            SCRIPTS,
            ALARMS,
            CLEAN_UP);

    private CutoverScript() {}

    static String plan(String name, Values file) {
        Optional<String> record = file.find(RECORD);
        Optional<String> health = file.find(HEALTH);
        Draft draft = new Draft()
                .head(name, "Move " + record.orElse(name) + " to its new platform", "a cutover script's file");
        draft.people().environments(Optional.empty(), Draft.origin(health), Draft.path(health));
        draft.add("\nentrances:");
        balancer(draft, file);
        boolean named = file.has(ZONE);
        if (named) {
            name(draft, file);
        }
        file.find(REPLICATION)
                .ifPresent(task -> draft.add(
                        "\n# The file names a replication task, @: then data moves, and 'shared' is no answer below.",
                        text(task)));
        draft.data().judgement("balancer").beforeUsers();
        alarms(draft, file.find(ALARMS).orElse(List.of()), Draft.region(file.find(TARGET)));
        smoke(draft, file.find(SCRIPTS).orElse(List.of()));
        draft.add("""
                  shift:
                    # The script moved all users at once. Stages such as [ 10% for 30m, 50% for 30m, 100% for 30m ].
                    - shift: { entrances: @, stages: unanswered }
                """, named ? "[balancer, name]" : "[balancer]");
        draft.afterUsers();
        file.find(CLEAN_UP).ifPresent(hours -> draft.add("""

                        # The script deleted the source's target group @ hours later. That is a plan of its own, with its own
                        # approval: bascule init --shape decommission
                        """, String.valueOf(hours)));
        return draft.yaml();
    }

    private static void balancer(Draft draft, Values file) {
        draft.add(
                """
                  balancer:
                    router: elb
                    region: @
                    # One listener of @: the script took the first that it found.
                    listener: unanswered
                    source: @
                    target: @
                    at: @
                    expect: unanswered                # the requests that come here, such as 50/s
                """,
                Draft.region(file.find(TARGET))
                        .or(() -> Draft.region(file.find(BALANCER)))
                        .orElse(UNANSWERED),
                textOr(file.find(BALANCER)),
                textOr(file.find(SOURCE)),
                textOr(file.find(TARGET)),
                textOr(file.find(RECORD).map(record -> "https://" + record)));
    }

    private static void name(Draft draft, Values file) {
        draft.add(
                """
                  name:
                    router: route-53
                    region: @
                    zone: @
                    record: @
                    target: { cname: @ }
                    at: @
                    expect: unanswered                # the requests that come by this name
                    numbers:
                      source: unanswered              # the dimensions of the source's metrics: LoadBalancer=app/old/50dc
                      target: unanswered              # and of the target's
                """,
                Draft.region(file.find(BALANCER))
                        .or(() -> Draft.region(file.find(TARGET)))
                        .orElse(UNANSWERED),
                text(file.get(ZONE)),
                textOr(file.find(RECORD)),
                textOr(file.find(LEADS_TO)),
                textOr(file.find(RECORD).map(record -> "https://" + record)));
    }

    private static void alarms(Draft draft, List<String> alarms, Optional<String> region) {
        if (alarms.isEmpty()) {
            return;
        }
        draft.add("  configure:");
        for (String alarm : alarms) {
            draft.add(
                    "    - configure: { alarm: { name: @, region: @ }, side: target, set: { dimensions: unanswered } }",
                    alarmName(alarm),
                    region.orElse(UNANSWERED));
        }
    }

    private static String alarmName(String alarm) {
        try {
            return Json.parse(alarm) instanceof Map<?, ?> map && map.get("AlarmName") instanceof String name
                    ? text(name)
                    : UNANSWERED;
        } catch (IllegalArgumentException e) {
            return UNANSWERED; // the name of a file, or cut at a blank as the script cut it
        }
    }

    private static void smoke(Draft draft, List<String> scripts) {
        draft.add("  smoke:\n    - check: { http: target, path: /, expect: 200 }");
        for (String script : scripts) {
            draft.add(
                    "    - script: { run: @, effect: unanswered, time-out: 1m }   # none, if it only looks",
                    text(script));
        }
    }
}
