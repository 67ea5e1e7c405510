package io.bascule.app.load;

import static io.bascule.app.load.ProfileTable.*;

import io.bascule.load.AbortRule;
import io.bascule.load.Arrivals;
import io.bascule.load.Wire;
import io.bascule.load.scenario.DataTable;
import io.bascule.load.scenario.Scenario;
import io.bascule.load.scenario.Scenarios;
import io.bascule.load.scenario.Step;
import io.bascule.planfile.keys.Context;
import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.Types;
import io.bascule.planfile.keys.Values;
import io.bascule.planfile.problem.At;
import io.bascule.planfile.problem.Code;
import io.bascule.planfile.problem.Problems;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One profile's values on their way to a {@link Profile}; what they cannot mean together is told. */
final class ProfileReading {

    private static final Duration TIME_OUT_MAX = Duration.ofSeconds(60);
    private static final long TABLE_BYTES_MAX = 256L << 20;

    private final Values root;
    private final Path folder;
    private final Map<String, String> environment;
    private final Problems problems;

    ProfileReading(Values root, Path folder, Map<String, String> environment, Context context) {
        this.root = root;
        this.folder = folder;
        this.environment = environment;
        this.problems = context.problems();
    }

    Optional<Profile> profile(boolean handbook) {
        return handbook ? ofHandbook() : ofProfile();
    }

    private Optional<Profile> ofHandbook() {
        double minutes = root.get(DURATION_MINUTES);
        if (!(minutes > 0)) {
            problems.add(Code.NUMBER, root.at(DURATION_MINUTES), "the test must last longer than 0 minutes", "");
        }
        int users = root.get(CONCURRENT_USERS);
        var reading = new RequestReading(root, environment, Set.of(), problems);
        URI url = URI.create(root.get(TARGET_URL));
        List<Scenario> scenarios = List.of(new Scenario("target", 1, List.of(reading.own(url))));
        if (problems.faulty()) {
            return Optional.empty();
        }
        var arrivals = new Arrivals.Closed(users, Duration.ZERO, Duration.ofMillis(Math.round(minutes * 60_000)));
        return Optional.of(new Profile(
                words(arrivals),
                arrivals,
                Duration.ZERO,
                List.of(new Profile.Target("target", url, Wire.PLAIN)),
                new Scenarios(scenarios, List.of(), 1),
                Optional.empty(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                AbortRule.HALF));
    }

    private Optional<Profile> ofProfile() {
        Optional<Arrivals> arrivals = arrivals();
        List<Profile.Target> targets = targets();
        List<DataTable> tables = tables();
        List<Scenario> scenarios = scenarios(tables, targets);
        timeOuts();
        if (problems.faulty() || arrivals.isEmpty()) {
            return Optional.empty();
        }
        Values timeOuts = root.find(TIME_OUTS).orElse(A_TIME_OUT.fallback());
        Values abort = root.find(ABORT).orElse(AN_ABORT.fallback());
        return Optional.of(new Profile(
                root.find(NAME).map(name -> name + ": ").orElse("") + words(arrivals.get()),
                arrivals.get(),
                root.get(WARM_UP),
                targets,
                new Scenarios(scenarios, tables, root.get(SEED)),
                root.find(CONNECTIONS),
                timeOuts.get(CONNECT),
                timeOuts.get(RESPONSE),
                new AbortRule(abort.get(FAILED) / 100, abort.get(OVER))));
    }

    /** What arrivals are, in a few words. */
    static String words(Arrivals arrivals) {
        Double perSecond = arrivals.perSecond();
        Duration lasts = arrivals.lasts();
        String rate = perSecond == null ? "" : Types.decimal(Math.round(perSecond * 1_000) / 1_000.0) + "/s";
        String model = switch (arrivals) {
            case Arrivals.Closed closed -> closed.users() + " users (closed model)";
            case Arrivals.Recorded _ -> rate + " as recorded";
            case Arrivals.Stages stages ->
                rate
                        + (stages.seed() == null ? "" : " (Poisson)")
                        + (stages.stages().size() == 1 ? "" : " on average");
        };
        return lasts == null
                ? model
                : model + " for " + lasts.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    private Optional<Arrivals> arrivals() {
        Long seed = root.get(SPACING) ? Long.valueOf(root.get(SEED)) : null;
        if (root.has(STAGES)) {
            without(FOR, "each stage has its own");
            without(THINK, "it belongs to 'users'");
            List<Arrivals.Stage> stages = stages();
            return stages.isEmpty() ? Optional.empty() : Optional.of(new Arrivals.Stages(stages, seed));
        }
        Optional<Double> rate = rate(root, RATE, true);
        if (!root.has(FOR)) {
            problems.add(Code.MISSING_KEY, root.at(), "the key 'for' is missing, a duration", "add 'for: 30s'");
            return Optional.empty();
        }
        if (!above0(root.get(FOR), root.at(FOR))) {
            return Optional.empty();
        }
        if (root.has(USERS)) {
            if (root.has(SPACING)) {
                without(SPACING, "in the closed model the target sets the pace");
            }
            Duration think = root.find(THINK).orElse(ProfileTypes.Think.NONE).least();
            return Optional.of(new Arrivals.Closed(root.get(USERS), think, root.get(FOR)));
        }
        without(THINK, "it belongs to 'users'");
        return rate.map(r -> new Arrivals.Stages(List.of(new Arrivals.Stage(r, r, root.get(FOR))), seed));
    }

    private List<Arrivals.Stage> stages() {
        var stages = new ArrayList<Arrivals.Stage>();
        for (Values stage : root.get(STAGES)) {
            boolean ramp = stage.has(FROM);
            if (ramp != stage.has(TO)) {
                problems.add(
                        Code.NOT_WITH,
                        stage.at(),
                        ramp ? "a ramp has a 'to' beside its 'from'" : "'to' belongs to 'from'",
                        "write it as { from: 10/s, to: 100/s, for: 30s } or { rate: 100/s, for: 30s }");
            }
            Optional<Double> from = rate(stage, ramp ? FROM : STAGE_RATE, false);
            Optional<Double> to = rate(stage, ramp ? TO : STAGE_RATE, false);
            boolean lasts = above0(stage.get(STAGE_FOR), stage.at(STAGE_FOR));
            if (from.isPresent() && to.isPresent() && lasts) {
                stages.add(new Arrivals.Stage(from.get(), to.get(), stage.get(STAGE_FOR)));
            }
        }
        if (!stages.isEmpty() && stages.stream().allMatch(stage -> stage.from() == 0 && stage.to() == 0)) {
            problems.add(Code.RATE, root.at(STAGES), "no stage has a rate above 0", "");
        }
        return stages;
    }

    private Optional<Double> rate(Values values, Key<Double> key, boolean aboveNought) {
        Optional<Double> rate = values.written(key);
        if (rate.isPresent() && (rate.get() > Arrivals.RATE_MAX || (aboveNought && rate.get() <= 0))) {
            problems.add(
                    Code.RATE,
                    values.at(key),
                    "expected a rate " + (aboveNought ? "above 0" : "from 0") + " to 100000/s, found "
                            + String.format(Locale.ROOT, "%.3f/s", rate.get()),
                    "several generators share a higher rate");
            return Optional.empty();
        }
        return rate;
    }

    private boolean above0(Duration duration, At at) {
        if (!duration.isPositive() && !problems.faultyAt(at)) {
            problems.add(Code.DURATION, at, "expected a duration above 0", "write it as 30s");
        }
        return duration.isPositive();
    }

    private void without(Key<?> key, String why) {
        if (root.has(key)) {
            problems.add(Code.NOT_WITH, root.at(key), "'" + key.name() + "' does not fit here: " + why, "remove it");
        }
    }

    private void timeOuts() {
        root.find(TIME_OUTS).ifPresent(timeOuts -> {
            above0(timeOuts.get(CONNECT), timeOuts.at(CONNECT));
            if (above0(timeOuts.get(RESPONSE), timeOuts.at(RESPONSE))
                    && timeOuts.get(RESPONSE).compareTo(TIME_OUT_MAX) > 0) {
                problems.add(Code.DURATION, timeOuts.at(RESPONSE), "expected at most 60s", "write it as 60s");
            }
        });
    }

    private List<Profile.Target> targets() {
        var targets = new ArrayList<Profile.Target>();
        if (root.has(TARGET)) {
            targets.add(target("target", root, TARGET));
        } else {
            without(CONNECT_TO, "each target has its own");
            without(TRUST, "each target has its own");
            root.get(TARGETS).forEach((name, each) -> targets.add(target(name, each, URL)));
            if (root.has(TARGETS) && targets.isEmpty() && !problems.faulty()) {
                problems.add(Code.WRONG_FORM, root.at(TARGETS), "expected at least one target", "");
            }
        }
        return targets;
    }

    private Profile.Target target(String name, Values values, Key<String> url) {
        Path trust = values.find(TRUST).map(folder::resolve).orElse(null);
        if (trust != null && !Files.isReadable(trust)) {
            problems.add(
                    Code.FILE_MISSING,
                    values.at(TRUST),
                    "the file " + Problems.quote(values.get(TRUST)) + " cannot be read",
                    "the path starts at the profile's folder");
        }
        var wire = new Wire(
                root.get(PROTOCOL),
                values.find(CONNECT_TO).orElse(null),
                trust,
                root.find(RENEW).filter(Duration::isPositive).orElse(null),
                root.get(REDIRECTS),
                root.get(BODY_LIMIT));
        return new Profile.Target(name, URI.create(values.get(url)), wire);
    }

    private List<DataTable> tables() {
        var tables = new ArrayList<DataTable>();
        for (Values table : root.get(DATA).values()) {
            if (table.written(FILE).isPresent()) {
                table(table).ifPresent(tables::add);
            }
        }
        return tables;
    }

    private Optional<DataTable> table(Values table) {
        String shown = table.get(FILE);
        Path file = folder.resolve(shown);
        Optional<String> text = ProfileFile.text(file, shown, table.at(FILE), TABLE_BYTES_MAX, problems);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var faults = new ArrayList<DataTable.Fault>();
        DataTable read = DataTable.ofCsv(text.get(), table.get(PICK), faults);
        for (DataTable.Fault fault : faults) {
            problems.add(
                    Code.TEXT,
                    new At(file.toString(), fault.line(), 1),
                    fault.what(),
                    "values are separated by commas, as RFC 4180 has it");
        }
        return Optional.of(read);
    }

    private List<Scenario> scenarios(List<DataTable> tables, List<Profile.Target> targets) {
        Set<String> known = new LinkedHashSet<>(Scenarios.BUILT_IN);
        tables.forEach(table -> known.addAll(table.columns()));
        if (!root.has(SCENARIOS)) {
            var reading = new RequestReading(root, environment, known, problems);
            return targets.isEmpty()
                    ? List.of()
                    : List.of(new Scenario(
                            "target", 1, List.of(reading.own(targets.getFirst().url()))));
        }
        var scenarios = new ArrayList<Scenario>();
        root.get(SCENARIOS).forEach((name, scenario) -> {
            var reading = new RequestReading(root, environment, known, problems);
            List<Step> steps =
                    scenario.get(REQUESTS).stream().map(reading::step).toList();
            if (!steps.isEmpty()) {
                scenarios.add(new Scenario(name, scenario.get(WEIGHT), steps));
            }
        });
        if (scenarios.isEmpty() && !problems.faulty()) {
            problems.add(Code.WRONG_FORM, root.at(SCENARIOS), "expected at least one scenario", "");
        }
        return scenarios;
    }
}
