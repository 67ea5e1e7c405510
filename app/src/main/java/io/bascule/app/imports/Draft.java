package io.bascule.app.imports;

import io.bascule.core.json.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The text of a plan under construction. What both tools leave out is asked here, once. */
final class Draft {
    static final String UNANSWERED = "unanswered";

    private final List<String> lines = new ArrayList<>();

    /** Lines as they stand, each {@code @} one of the values, which {@link #text} or {@link #UNANSWERED} made. */
    Draft add(String template, String... values) {
        StringBuilder text = new StringBuilder();
        int next = 0;
        for (int i = 0; i < template.length(); i++) {
            text.append(template.charAt(i) == '@' ? values[next++] : String.valueOf(template.charAt(i)));
        }
        text.toString().lines().forEach(lines::add);
        return this;
    }

    /** A value of the foreign file, quoted so that it cannot be anything but a text. */
    static String text(String foreign) {
        return Json.write(foreign);
    }

    static String textOr(Optional<String> foreign) {
        return foreign.map(Draft::text).orElse(UNANSWERED);
    }

    /** The region within an ARN. */
    static Optional<String> region(Optional<String> arn) {
        return arn.map(text -> text.split(":", -1))
                .filter(parts -> parts.length > 4 && !parts[3].isBlank())
                .map(parts -> parts[3]);
    }

    Draft head(String plan, String title, String from) {
        return add("""
                # Made from @: a cutover of the shape 'stateless', in which users move in stages and data stays.
                # 'unanswered' stands where that file says nothing and no value would be safe to assume.
                #
                #   bascule check plan.yaml        what is still unanswered, and every problem
                #   bascule explain KEY            what a key means, and an example
                #   bascule init --shape data-first NAME     what a plan has whose data moves too
                bascule: 1
                name: @
                title: @
                shape: stateless
                """, from, plan, text(title));
    }

    Draft people() {
        return add("""

                # The way back takes time. Where it would no longer fit into the window: hold, or roll back.
                window: { opens: at start, lasts: 6h, margin: 20m, at-turnaround: unanswered }

                # The first person with the role 'lead' owns the steps and the way back; gates ask roles.
                people:
                  lead: { name: unanswered, roles: [lead] }
                  second: { name: unanswered, roles: [approver] }
                """);
    }

    /** The applications as they are reached past every entrance. */
    Draft environments(Optional<String> source, Optional<String> target, String health) {
        return add("""

                # Each side's application as it is reached directly, past every entrance.
                environments:
                  source: { app: { http: @, health: @ } }
                  target: { app: { http: @, health: @ } }
                """, textOr(source), text(health), textOr(target), text(health));
    }

    Draft data() {
        return add("""

                # What the application keeps, sessions too: 'shared: …', 'rebuilt: …' or 'dropped: …', each with its reason.
                # Where data moves, this is a plan of another shape.
                datasets:
                  main: unanswered
                  sessions: unanswered

                # Everything that writes: applications, jobs, consumers, people.
                writers: unanswered
                """);
    }

    /** Metrics of one entrance, and how each soak is judged. */
    Draft judgement(String entrance) {
        return add("""

                metrics:
                  errors: { from: @, rate: failed / requests, absent: zero when requests >= 50 }
                  p95: { from: @, percentile: 95 }

                # How every soak is judged. A count of errors means nothing without the requests it is of.
                judgement:
                  default:
                    every: 1m
                    over: 3m
                    fail-when: 2 of 3
                    min-requests: 300 per stage
                    share: within 5 points
                    no-data: { after: 10m, then: hold }
                    limits: unanswered                # such as [ errors <= 1%, p95 <= 800ms ]
                """, entrance, entrance);
    }

    Draft beforeUsers() {
        return add("""

                phases:
                  prepare:
                    - judge: { record: baseline, for: 10m }
                  preflight:
                    - check: { http: both, path: /, expect: 200 }

                  # People approve this exact plan.
                  go: { gate: { ask: [lead, approver], need: 2, remind: 15m, requester-alone: false } }
                """);
    }

    Draft afterUsers() {
        return add("""
                  bake:
                    - bake: { for: unanswered }       # how long all users are watched on the target

                  # The point of no return: behind it nothing rolls back by itself.
                  commit: { gate: { ask: [lead] } }
                  review:
                    - judge: { objectives: [ errors <= 1% ], against: baseline }

                tell:
                  channels: { log: { file: messages/ } }
                  audiences: { team: [lead, second] }
                """);
    }

    /** {@code https://host/path} without its path; empty when it is no address. */
    static Optional<String> origin(Optional<String> address) {
        return address.map(URI::create)
                .filter(uri -> uri.getHost() != null)
                .map(uri -> uri.getScheme() + "://" + uri.getAuthority());
    }

    static String path(Optional<String> address) {
        return address.map(URI::create)
                .map(URI::getPath)
                .filter(path -> !path.isEmpty())
                .orElse("/health");
    }

    String yaml() {
        return String.join("\n", lines) + "\n";
    }
}
