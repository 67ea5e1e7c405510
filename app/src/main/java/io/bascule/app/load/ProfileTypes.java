package io.bascule.app.load;

import io.bascule.core.json.Json;
import io.bascule.load.Wire;
import io.bascule.load.Wire.HostPort;
import io.bascule.planfile.keys.NamesType;
import io.bascule.planfile.keys.ScalarType;
import io.bascule.planfile.keys.Types;
import io.bascule.planfile.keys.ValueType;
import io.bascule.planfile.keys.WrongText;
import io.bascule.planfile.problem.Code;
import io.bascule.planfile.tree.Tree.Form;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The types of values that only profiles have. */
final class ProfileTypes {

    private static final String TOKEN = "^[A-Za-z0-9!#$%&'*+.^_|~-]{1,100}$";
    private static final String STATUSES = "^[1-5]\\d\\d(, ?[1-5]\\d\\d)*$";

    /** Waiting: {@code 1s}, or {@code 1s to 3s}. */
    record Think(Duration least, Duration most) {
        static final Think NONE = new Think(Duration.ZERO, Duration.ZERO);
    }

    static final ScalarType<Think> THINK = ScalarType.text(
            Code.DURATION,
            "a duration, or a least and a most",
            "1s to 3s",
            "^\\w+( to \\w+)?$",
            ProfileTypes::think,
            Think::toString,
            Think.NONE);

    static final ScalarType<HostPort> PLACE = ScalarType.text(
            Code.ADDRESS,
            "a host and a port",
            "10.0.0.7:443",
            "^[^\\s:]+:\\d{1,5}$",
            ProfileTypes::place,
            place -> place.host() + ":" + place.port(),
            new HostPort("invalid", 1));

    static final ScalarType<Pattern> PATTERN = ScalarType.of(
            Code.TEXT,
            "a regular expression",
            "Order [0-9]+",
            EnumSet.of(Form.TEXT, Form.WHOLE, Form.DECIMAL, Form.FLAG),
            Json.object("type", List.of("string", "number", "boolean")),
            ProfileTypes::pattern,
            Pattern::pattern,
            Pattern.compile(""));

    static final ScalarType<List<Integer>> STATUS = ScalarType.of(
            Code.NUMBER,
            "a status, or several with commas",
            "200, 404",
            EnumSet.of(Form.TEXT, Form.WHOLE),
            Json.object("type", List.of("string", "integer"), "pattern", STATUSES),
            ProfileTypes::statuses,
            List::toString,
            List.of(200));

    static final ScalarType<Wire.Protocol> PROTOCOL = Types.words(
            Map.of("http/1.1", Wire.Protocol.HTTP_1_1, "http/2", Wire.Protocol.HTTP_2), Wire.Protocol.HTTP_1_1);

    static final ScalarType<Boolean> POISSON = Types.words(Map.of("even", false, "poisson", true), false);

    static final ScalarType<Boolean> AT_RANDOM = Types.words(Map.of("in-turn", false, "random", true), false);

    private ProfileTypes() {}

    static <T> NamesType<T> headers(ValueType<T> value) {
        return new NamesType<>("HEADER", TOKEN, List.of(), value);
    }

    static <T> NamesType<T> pointers(ValueType<T> value) {
        return new NamesType<>("POINTER", "^(/.*)?$", List.of(), value);
    }

    static <T> NamesType<T> variables(ValueType<T> value) {
        return new NamesType<>("VALUE", "^[A-Za-z_][A-Za-z0-9_-]*$", List.of(), value);
    }

    private static Think think(String text) throws WrongText {
        int to = text.indexOf(" to ");
        if (to < 0) {
            Duration fixed = Types.duration(text);
            return new Think(fixed, fixed);
        }
        var think = new Think(Types.duration(text.substring(0, to)), Types.duration(text.substring(to + 4)));
        if (think.least().compareTo(think.most()) > 0) {
            throw WrongText.because("the least, " + text.substring(0, to) + ", is more than the most");
        }
        return think;
    }

    private static HostPort place(String text) throws WrongText {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("\\d{1,5}")) {
            throw WrongText.whole();
        }
        try {
            return new HostPort(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw WrongText.because("ports go from 1 to 65535");
        }
    }

    private static Pattern pattern(String text) throws WrongText {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw WrongText.at(Math.max(0, e.getIndex()), "no regular expression: " + e.getDescription());
        }
    }

    private static List<Integer> statuses(String text) throws WrongText {
        if (!text.matches(STATUSES)) {
            throw WrongText.whole();
        }
        return Arrays.stream(text.split(", ?")).map(Integer::valueOf).toList();
    }
}
