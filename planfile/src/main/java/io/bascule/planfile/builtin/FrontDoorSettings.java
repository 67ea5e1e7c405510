package io.bascule.planfile.builtin;

import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.ScalarType;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.SettingsDecoder;
import io.bascule.planfile.keys.Types;
import io.bascule.planfile.keys.WrongText;
import io.bascule.planfile.problem.Code;
import java.time.Duration;

/**
 * {@code router: front-door}: the embedded weighted front door. Settings: {@code at}, {@code control} (addresses),
 * {@code token} (a reference), {@code park} (a number), {@code sessions} (ISO-8601, how long sticky sessions are
 * drained; PT0S: not at all), {@code sticky} (true or false).
 */
public final class FrontDoorSettings implements SettingsDecoder {
    private static final Key<String> AT = Key.of("at", Types.URL, "The address that users reach the entrance by.")
            .required();
    private static final Key<String> CONTROL = Key.of(
                    "control", Types.URL, "The address of the front door's control API.")
            .required();
    private static final Key<String> TOKEN = Key.of(
                    "token", Types.SECRET, "A reference to the token of the control API.")
            .required();
    private static final Key<Long> PARK = Key.of(
                    "park",
                    Types.phrase("at most ", ""),
                    "How many writes may be held at once; those beyond are answered 503.")
            .orElse("at most 1000");
    static final Key<Duration> SESSIONS = Key.of(
                    "sessions",
                    sessions(),
                    "What happens to clients bound to a side when weights move: drained so long, or 'none' are bound.")
            .required();
    private static final Key<Boolean> STICKY = Key.of(
                    "sticky", Types.FLAG, "Whether the front door binds clients to a side by a cookie.")
            .orElse("false");

    @Override
    public Role role() {
        return Role.ROUTER;
    }

    @Override
    public String adapter() {
        return "front-door";
    }

    @Override
    public Section keys() {
        return Section.of("the embedded front door", AT, CONTROL, TOKEN, PARK, SESSIONS, STICKY);
    }

    private static ScalarType<Duration> sessions() {
        return ScalarType.text(
                Code.PHRASE,
                "'drain' and a duration, or 'none'",
                "drain 20s",
                "^(none|drain (?=\\d)(\\d{1,6}d)?(\\d{1,6}h)?(\\d{1,6}m)?(\\d{1,6}s)?(\\d{1,6}ms)?)$",
                FrontDoorSettings::drain,
                Duration::toString,
                Duration.ZERO);
    }

    private static Duration drain(String text) throws WrongText {
        if (text.equals("none")) {
            return Duration.ZERO;
        }
        if (!text.startsWith("drain ")) {
            throw WrongText.whole();
        }
        return Types.duration(text.substring("drain ".length()));
    }
}
