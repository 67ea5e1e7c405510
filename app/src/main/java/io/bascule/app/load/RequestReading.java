package io.bascule.app.load;

import static io.bascule.app.load.ProfileTable.*;

import io.bascule.core.rules.Nearest;
import io.bascule.load.scenario.Check;
import io.bascule.load.scenario.Extract;
import io.bascule.load.scenario.JsonPointer;
import io.bascule.load.scenario.Step;
import io.bascule.load.scenario.Template;
import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.Values;
import io.bascule.planfile.problem.At;
import io.bascule.planfile.problem.Code;
import io.bascule.planfile.problem.Problems;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The requests of one scenario, in order: a value taken from an answer is known to those after it. */
final class RequestReading {

    private static final Pattern ENV = Pattern.compile("\\$\\{env\\.([^}]*)}");

    private final Values root;
    private final Map<String, String> environment;
    private final Set<String> known;
    private final Problems problems;

    RequestReading(Values root, Map<String, String> environment, Set<String> known, Problems problems) {
        this.root = root;
        this.environment = environment;
        this.known = new LinkedHashSet<>(known);
        this.problems = problems;
    }

    /** A GET of the target's own path. */
    Step own(URI url) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String all = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
        return new Step(
                "GET " + path,
                "GET",
                Template.of(all.replace("${", "$%7B")),
                headers(List.of(root)),
                Template.of(""),
                List.of(),
                List.of(),
                java.time.Duration.ZERO,
                java.time.Duration.ZERO);
    }

    Step step(Values values) {
        Key<String> method = PATHS.stream().filter(values::has).findFirst().orElse(PATHS.getFirst());
        String word = method.name().toUpperCase(Locale.ROOT);
        String path = values.get(method);
        String encoded = path.chars().allMatch(c -> c > ' ' && c < 0x7f) ? path : "/";
        if (!encoded.equals(path)) {
            problems.add(
                    Code.TEXT, values.at(method), "a path has no spaces and only ASCII", "percent-encode the rest");
        }
        ProfileTypes.Think think = values.find(STEP_THINK).orElse(ProfileTypes.Think.NONE);
        var step = new Step(
                values.find(STEP_NAME).orElse(word + " " + path.split("\\?", 2)[0]),
                word,
                template(encoded, values.at(method)),
                headers(List.of(root, values)),
                template(values.find(BODY).orElse(""), values.at(BODY)),
                values.find(CHECK).map(this::checks).orElse(List.of()),
                extracts(values),
                think.least(),
                think.most());
        step.extracts().forEach(extract -> known.add(extract.name()));
        return step;
    }

    private SequencedMap<String, Template> headers(List<Values> places) {
        var headers = new LinkedHashMap<String, Template>();
        for (Values place : places) {
            place.find(HEADERS)
                    .ifPresent(given -> given.forEach((name, text) -> {
                        if (!text.chars().allMatch(c -> c >= ' ' && c != 0x7f)) {
                            problems.add(
                                    Code.TEXT,
                                    place.at(HEADERS),
                                    "the header '" + name + "' has more than one line",
                                    "");
                        } else {
                            headers.put(name, template(secrets(text, place.at(HEADERS)), place.at(HEADERS)));
                        }
                    }));
        }
        return headers;
    }

    /** Values of the environment are put in at once; they show nowhere but in the requests. */
    private String secrets(String text, At at) {
        Matcher matcher = ENV.matcher(text);
        return matcher.replaceAll(found -> {
            String value = environment.get(found.group(1));
            if (value == null || value.contains("${") || !value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
                problems.add(
                        Code.SECRET,
                        at,
                        "the environment has no usable value for " + Problems.quote(found.group(1)),
                        "set it before the run");
                return "";
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private Template template(String text, At at) {
        Template template = Template.of(text);
        for (String name : template.names()) {
            if (!known.contains(name)) {
                problems.add(
                        Code.UNKNOWN_WORD,
                        at,
                        "nothing is called " + Problems.quote(name) + " here",
                        Nearest.hint(name, List.copyOf(known)));
            }
        }
        return template;
    }

    private List<Check> checks(Values values) {
        var checks = new ArrayList<Check>();
        values.find(STATUS).ifPresent(status -> checks.add(new Check.Status(status)));
        values.find(HEADER)
                .ifPresent(headers -> headers.forEach((name, pattern) -> checks.add(new Check.Header(name, pattern))));
        values.find(CONTAINS).ifPresent(text -> checks.add(new Check.Contains(text)));
        values.find(LACKS).ifPresent(text -> checks.add(new Check.Lacks(text)));
        values.find(MATCHES).ifPresent(pattern -> checks.add(new Check.Matches(pattern)));
        values.find(JSON)
                .ifPresent(pointers -> pointers.forEach((pointer, value) -> pointer(pointer, values.at(JSON))
                        .ifPresent(place -> checks.add(
                                new Check.Json(place, value.equals("*") ? Optional.empty() : Optional.of(value))))));
        values.find(AT_LEAST).ifPresent(bytes -> checks.add(new Check.AtLeast(bytes)));
        return checks;
    }

    private List<Extract> extracts(Values values) {
        var extracts = new ArrayList<Extract>();
        values.find(EXTRACT)
                .ifPresent(all ->
                        all.forEach((name, origin) -> extract(name, origin).ifPresent(extracts::add)));
        return extracts;
    }

    private Optional<Extract> extract(String name, Values origin) {
        if (origin.has(FROM_JSON)) {
            return pointer(origin.get(FROM_JSON), origin.at(FROM_JSON))
                    .map(pointer -> new Extract.FromJson(name, pointer));
        }
        Pattern pattern = origin.find(MATCHES).orElse(Pattern.compile(".*"));
        if (origin.has(FROM_HEADER)) {
            return Optional.of(new Extract.FromHeader(name, origin.get(FROM_HEADER), pattern));
        }
        if (!origin.has(MATCHES)) {
            problems.add(
                    Code.ONE_OF,
                    origin.at(),
                    "the value '" + name + "' has no origin",
                    "write one of: json: /POINTER, header: NAME, matches: PATTERN");
        }
        return Optional.of(new Extract.FromBody(name, pattern));
    }

    private Optional<JsonPointer> pointer(String text, At at) {
        try {
            return Optional.of(JsonPointer.of(text));
        } catch (IllegalArgumentException e) {
            problems.add(Code.TEXT, at, "expected a JSON pointer, found " + Problems.quote(text), "begin it with /");
            return Optional.empty();
        }
    }
}
