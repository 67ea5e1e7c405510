package io.bascule.planfile.table;

import io.bascule.core.plan.Environment;
import io.bascule.core.plan.Gate;
import io.bascule.core.plan.Person;
import io.bascule.core.plan.Settings;
import io.bascule.core.plan.Side;
import io.bascule.core.plan.Tell;
import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.ListType;
import io.bascule.planfile.keys.MeansType;
import io.bascule.planfile.keys.NamesType;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.SettingsDecoder.Role;
import io.bascule.planfile.keys.Types;
import io.bascule.planfile.keys.Values;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/** {@code people}, {@code environments}, {@code tell}, and the gates that people answer. */
final class PeopleTable {
    private static final Key<String> NAME = Key.of(
                    "name", Types.TEXT, "The person's name as messages and reports show it.")
            .required();
    private static final Key<List<String>> ROLES = Key.of(
                    "roles",
                    ListType.some(Types.NAME),
                    "What the person decides: gates ask roles; 'lead' owns the steps.")
            .required();
    private static final Key<String> OS_USER = Key.of(
            "os-user",
            Types.TEXT,
            "The operating-system user that this person's orders must come from; without it they count as unverified.");
    static final Section PERSON = Section.of("a person", NAME, ROLES, OS_USER);

    private static final Key<String> HTTP = Key.of(
                    "http", Types.URL, "The application's address, past every entrance, for probes and load.")
            .required();
    private static final Key<String> HEALTH = Key.of(
                    "health", Types.URL_PATH, "The path that answers 2xx when the application can serve.")
            .orElse("/health");
    private static final Key<Values> APP = Key.of(
                    "app", Section.of("an application", HTTP, HEALTH), "The side's application.")
            .required();
    static final Section ENVIRONMENT = Section.of("an environment", APP);

    private static final Key<List<String>> ASK = Key.of(
                    "ask", ListType.some(Types.NAME), "The roles whose holders may approve.")
            .required();
    private static final Key<Integer> NEED = Key.of(
                    "need", Types.whole(1, 20), "How many different people must approve.")
            .orElse("1");
    private static final Key<Duration> REMIND = Key.of("remind", Types.DURATION, "How often those asked are reminded.")
            .orElse("15m");
    private static final Key<Boolean> REQUESTER_ALONE = Key.of(
                    "requester-alone", Types.FLAG, "Whether the person who started the run may be the only approver.")
            .orElse("true");
    private static final Key<Duration> EXPIRES = Key.of(
                    "expires", Types.DURATION, "How long the question stands unanswered before it expires.")
            .orElseSaid("with the window");
    static final Section GATE = Section.of("a gate", ASK, NEED, REMIND, REQUESTER_ALONE, EXPIRES);

    private static final Key<SequencedMap<String, Values>> CHANNELS = Key.of(
            "channels",
            NamesType.of("CHANNEL", MeansType.section(Section.of("a channel"), Role.CHANNEL)),
            "The ways that messages take, each by one adapter.");
    private static final Key<SequencedMap<String, List<String>>> AUDIENCES =
            Key.of("audiences", NamesType.of("AUDIENCE", ListType.of(Types.NAME)), "Who is told, by groups of people.");
    static final Section TELL = Section.of("who is told", CHANNELS, AUDIENCES);

    private PeopleTable() {}

    static Person person(String id, Values values) {
        return new Person(id, values.get(NAME), new HashSet<>(values.get(ROLES)), values.find(OS_USER));
    }

    static Environment environment(Side side, Values values) {
        Values app = values.get(APP);
        return new Environment(side, app.get(HTTP), app.get(HEALTH));
    }

    static Gate gate(Values values) {
        return new Gate(
                values.get(ASK),
                values.get(NEED),
                values.get(REMIND),
                values.get(REQUESTER_ALONE),
                values.find(EXPIRES));
    }

    static Tell tell(Values values) {
        TreeMap<String, Settings> channels = new TreeMap<>();
        values.get(CHANNELS).forEach((name, channel) -> channels.put(name, MeansType.settings(channel, Role.CHANNEL)));
        return new Tell(channels, new TreeMap<>(values.get(AUDIENCES)));
    }
}
