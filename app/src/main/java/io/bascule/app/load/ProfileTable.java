package io.bascule.app.load;

import io.bascule.load.Wire;
import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.ListType;
import io.bascule.planfile.keys.NamesType;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.Shorthand;
import io.bascule.planfile.keys.Types;
import io.bascule.planfile.keys.Values;
import java.time.Duration;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/** The keys of a load profile. */
final class ProfileTable {

    static final Key<Integer> LOAD =
            Key.of("load", Types.whole(1, 1), "The profile format's version.").required();
    static final Key<String> NAME = Key.of("name", Types.TEXT, "What results call it.");
    static final Key<String> TARGET = Key.of("target", Types.URL, "What to load.");

    static final Key<String> URL =
            Key.of("url", Types.URL, "Where the target is.").required();
    static final Key<Wire.HostPort> CONNECT_TO = Key.of(
            "connect-to",
            ProfileTypes.PLACE,
            "Connects there, with the address's own Host and server name: the new side before DNS moves.");
    static final Key<String> TRUST =
            Key.of("trust", Types.PATH, "Certificates (PEM) that are trusted instead of the usual ones.");
    static final Section A_TARGET = Section.of("a target", URL, CONNECT_TO, TRUST);
    static final Key<SequencedMap<String, Values>> TARGETS = Key.of(
            "targets",
            NamesType.of("TARGET", new Shorthand(A_TARGET, URL)),
            "Several targets, which get the same requests at the same moments.");

    static final Key<Double> RATE = Key.of("rate", Types.RATE, "Arrivals at a constant rate.");
    static final Key<Duration> FOR = Key.of("for", Types.DURATION, "How long, warm-up not counted.");
    static final Key<Double> STAGE_RATE = Key.of("rate", Types.RATE, "A constant rate.");
    static final Key<Double> FROM = Key.of("from", Types.RATE, "The rate at the stage's beginning.");
    static final Key<Double> TO = Key.of("to", Types.RATE, "The rate at the stage's end.");
    static final Key<Duration> STAGE_FOR = FOR.required();
    static final Section A_STAGE =
            Section.of("a stage", STAGE_RATE, FROM, TO, STAGE_FOR).exactlyOne("rate", "from");
    static final Key<List<Values>> STAGES =
            Key.of("stages", ListType.some(A_STAGE), "Rates one after the other, each constant or a ramp.");
    static final Key<Integer> USERS = Key.of(
            "users",
            Types.whole(1, 10_000),
            "The closed model: so many users who ask again when answered. A slow target is spared by it.");
    static final Key<ProfileTypes.Think> THINK =
            Key.of("think", ProfileTypes.THINK, "How long a user of the closed model waits between visits.");
    static final Key<Boolean> SPACING = Key.of(
                    "spacing", ProfileTypes.POISSON, "Evenly spaced arrivals, or random ones (Poisson).")
            .orElse("even");
    static final Key<Integer> SEED = Key.of(
                    "seed", Types.whole(0, Integer.MAX_VALUE), "What chance starts from: the same seed, the same run.")
            .orElse("1");

    static final Key<Duration> WARM_UP = Key.of(
                    "warm-up", Types.DURATION, "Requests of the first so long are sent and counted nowhere.")
            .orElse("0s");
    static final Key<Integer> CONNECTIONS = Key.of(
                    "connections", Types.whole(1, 60_000), "The most connections at once.")
            .orElseSaid("two seconds' worth of arrivals, 8 to 4096");
    static final Key<Duration> CONNECT = Key.of("connect", Types.DURATION, "The longest wait for a connection.")
            .orElse("5s");
    static final Key<Duration> RESPONSE = Key.of(
                    "response", Types.DURATION, "The longest wait for a response; at most 60s.")
            .orElse("30s");
    static final Section A_TIME_OUT = Section.of("time-outs", CONNECT, RESPONSE);
    static final Key<Values> TIME_OUTS = Key.of("time-outs", A_TIME_OUT, "The longest waits.");
    static final Key<Wire.Protocol> PROTOCOL =
            Key.of("protocol", ProfileTypes.PROTOCOL, "Which HTTP is spoken.").orElse("http/1.1");
    static final Key<Integer> REDIRECTS = Key.of(
                    "redirects",
                    Types.whole(0, Wire.REDIRECTS_MAX),
                    "How many redirects of a request are followed, within the target; others are failures.")
            .orElse("0");
    static final Key<Duration> RENEW = Key.of(
            "renew-connections",
            Types.DURATION,
            "A connection this old is replaced, its name looked up anew: follows a change of DNS.");
    static final Key<Integer> BODY_LIMIT = Key.of(
                    "body-limit", Types.whole(0, Integer.MAX_VALUE), "The largest body in bytes; a larger one fails.")
            .orElse("67108864");
    static final Key<Double> FAILED = Key.of(
                    "failed-percent", Types.number(1, 100, "50"), "More than this percentage fails; 100: never.")
            .orElse("50");
    static final Key<Integer> OVER = Key.of("over-seconds", Types.whole(1, 3_600), "For so many seconds on end.")
            .orElse("5");
    static final Section AN_ABORT = Section.of("an abort rule", FAILED, OVER);
    static final Key<Values> ABORT = Key.of("abort", AN_ABORT, "When to end early because the target is failing.");

    static final Key<SequencedMap<String, String>> HEADERS =
            Key.of("headers", ProfileTypes.headers(Types.PLAIN), "Headers of requests; ${env.NAME} for secrets.");
    static final Key<String> FILE = Key.of("file", Types.PATH, "CSV, its first line naming the columns.")
            .required();
    static final Key<Boolean> PICK = Key.of(
                    "pick", ProfileTypes.AT_RANDOM, "Rows one after the other, and again; or any.")
            .orElse("in-turn");
    static final Section A_TABLE = Section.of("a table", FILE, PICK);
    static final Key<SequencedMap<String, Values>> DATA = Key.of(
            "data",
            NamesType.of("TABLE", new Shorthand(A_TABLE, FILE)),
            "Tables of values; each visit takes a row of each, a value is ${COLUMN}.");

    static final Key<List<Integer>> STATUS = Key.of("status", ProfileTypes.STATUS, "The only statuses that are right.");
    static final Key<SequencedMap<String, Pattern>> HEADER = Key.of(
            "header", ProfileTypes.headers(ProfileTypes.PATTERN), "Headers, each with what must be found in it.");
    static final Key<String> CONTAINS = Key.of("contains", Types.PLAIN, "A text in the body.");
    static final Key<String> LACKS = Key.of("lacks", Types.PLAIN, "A text that must not be in the body.");
    static final Key<Pattern> MATCHES = Key.of("matches", ProfileTypes.PATTERN, "A pattern found in the body.");
    static final Key<SequencedMap<String, String>> JSON =
            Key.of("json", ProfileTypes.pointers(Types.PLAIN), "Values in a JSON body by JSON pointer; '*' for any.");
    static final Key<Integer> AT_LEAST =
            Key.of("at-least", Types.whole(0, Integer.MAX_VALUE), "The body's least size in bytes.");
    static final Section A_CHECK = Section.of("checks", STATUS, HEADER, CONTAINS, LACKS, MATCHES, JSON, AT_LEAST);

    static final Key<String> FROM_JSON = Key.of("json", Types.PLAIN, "A JSON pointer.");
    static final Key<String> FROM_HEADER = Key.of("header", Types.TEXT, "A header.");
    static final Section AN_EXTRACT = Section.of("a value's origin", FROM_JSON, FROM_HEADER, MATCHES);

    static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete", "head", "options");
    static final Key<String> STEP_NAME =
            Key.of("name", Types.TEXT, "What results call the request.").orElseSaid("its method and path");
    static final Key<String> BODY = Key.of("body", Types.PLAIN, "The body's text.");
    static final Key<Values> CHECK = Key.of("check", A_CHECK, "What an answer must be; otherwise it is a failure.");
    static final Key<SequencedMap<String, Values>> EXTRACT = Key.of(
            "extract",
            ProfileTypes.variables(AN_EXTRACT),
            "Values taken from the answer for later requests; without one of them it is a failure.");
    static final Key<ProfileTypes.Think> STEP_THINK =
            Key.of("think", ProfileTypes.THINK, "How long the user waits before the next request.");
    static final List<Key<String>> PATHS = METHODS.stream()
            .map(method ->
                    Key.of(method, Types.URL_PATH, "The path of a " + method.toUpperCase(java.util.Locale.ROOT) + "."))
            .toList();
    static final Section A_REQUEST = Section.of("a request", STEP_NAME, HEADERS, BODY, CHECK, EXTRACT, STEP_THINK)
            .with(PATHS)
            .exactlyOne(METHODS);
    static final Key<Integer> WEIGHT = Key.of(
                    "weight", Types.whole(1, 1_000_000), "How often, against the other scenarios' weights.")
            .orElse("1");
    static final Key<List<Values>> REQUESTS = Key.of(
                    "requests", ListType.some(A_REQUEST), "What one visit asks for, in order.")
            .required();
    static final Section A_SCENARIO = Section.of("a scenario", WEIGHT, REQUESTS);
    static final Key<SequencedMap<String, Values>> SCENARIOS = Key.of(
            "scenarios",
            NamesType.of("SCENARIO", new Shorthand(A_SCENARIO, REQUESTS)),
            "What users do. Left out: GET of the target's own path.");

    static final Section ROOT = Section.of(
                    "a load profile",
                    LOAD,
                    NAME,
                    TARGET,
                    TARGETS,
                    RATE,
                    FOR,
                    STAGES,
                    USERS,
                    THINK,
                    SPACING,
                    SEED,
                    WARM_UP,
                    CONNECTIONS,
                    TIME_OUTS,
                    PROTOCOL,
                    CONNECT_TO,
                    TRUST,
                    REDIRECTS,
                    RENEW,
                    BODY_LIMIT,
                    ABORT,
                    HEADERS,
                    DATA,
                    SCENARIOS)
            .exactlyOne("target", "targets")
            .exactlyOne("rate", "stages", "users");

    static final Key<String> TARGET_URL =
            Key.of("target_url", Types.URL, "What to load.").required();
    static final Key<Integer> CONCURRENT_USERS = Key.of(
                    "concurrent_users", Types.whole(1, 10_000), "Users who ask again when answered.")
            .orElse("50");
    static final Key<Double> DURATION_MINUTES = Key.of(
                    "duration_minutes", Types.number(0, 10_000, "15"), "How long, in minutes.")
            .orElse("15");

    /** The form that the validator of the migration handbook has. */
    static final Section HANDBOOK = Section.of("a load test", TARGET_URL, CONCURRENT_USERS, DURATION_MINUTES, HEADERS);

    private ProfileTable() {}
}
