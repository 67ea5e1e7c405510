package io.bascule.planfile.table;

import io.bascule.core.plan.Entrance;
import io.bascule.core.plan.Entrance.FreezeMode;
import io.bascule.planfile.keys.Context;
import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.ListType;
import io.bascule.planfile.keys.Picked;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.SettingsDecoder.Role;
import io.bascule.planfile.keys.Types;
import io.bascule.planfile.keys.Values;
import io.bascule.planfile.problem.Code;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** {@code entrances}: every way in. */
final class TrafficTable {
    private static final Key<String> ROUTER = Key.of(
                    "router", Types.NAME, "The adapter that moves this entrance's traffic.")
            .required();
    private static final Key<String> AT = Key.of(
                    "at", Types.URL, "The address that users reach the entrance by, for probes.")
            .orElseSaid("only a simulated one may do without");
    private static final Key<Double> EXPECT = Key.of(
                    "expect",
                    Types.RATE,
                    "The traffic that the plan counts on, to check minimum requests against soaks.")
            .required();
    private static final Key<List<String>> WRITES = Key.of(
                    "writes",
                    ListType.of(Types.words(methods(), "POST")),
                    "The HTTP methods that count as writes while writes are frozen; [] when none come this way.")
            .orElse("[POST, PUT, PATCH, DELETE]");
    private static final Key<FreezeMode> FREEZE = Key.of(
                    "freeze",
                    Types.words(Map.of("hold", FreezeMode.HOLD, "reject", FreezeMode.REJECT), FreezeMode.REJECT),
                    "What happens to writes during the freeze: held until release (bounded), or answered 503 at once.")
            .orElse("reject");
    private static final Key<Long> PARK = Key.of(
                    "park", Phrases.PARK, "How many writes may be held at once; those beyond are answered 503.")
            .orElse("at most 1000");
    private static final Key<Integer> MIN_HEALTHY = Key.of(
                    "min-healthy", Types.whole(1, 10_000), "Healthy targets that a side needs before it gets traffic.")
            .orElse("1");
    private static final Section OWN = Section.of("an entrance", ROUTER, AT, EXPECT, WRITES, FREEZE, PARK, MIN_HEALTHY);

    static final Picked TABLE = new Picked(Role.ROUTER, ROUTER, OWN);

    private TrafficTable() {}

    static Entrance entrance(String name, Picked.Value entrance, Context context) {
        Values values = entrance.values();
        FreezeMode mode = values.get(FREEZE);
        if (mode == FreezeMode.REJECT && values.has(PARK)) {
            context.problem(
                    Code.NOT_WITH,
                    values.at(PARK),
                    "'park' has no meaning where writes are rejected",
                    "write 'freeze: hold', or remove 'park'");
        }
        return new Entrance(
                name,
                entrance.settings(),
                values.find(AT).orElse("simulated:" + name),
                values.get(EXPECT),
                new HashSet<>(values.get(WRITES)),
                mode,
                mode == FreezeMode.HOLD ? Math.toIntExact(values.get(PARK)) : 0,
                values.get(MIN_HEALTHY));
    }

    private static Map<String, String> methods() {
        return Map.of("POST", "POST", "PUT", "PUT", "PATCH", "PATCH", "DELETE", "DELETE", "GET", "GET");
    }
}
