package io.bascule.aws.settings;

import io.bascule.core.plan.Settings;
import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.SettingsDecoder;
import io.bascule.planfile.keys.Types;
import io.bascule.planfile.keys.Values;
import java.util.TreeMap;

/**
 * {@code router: route-53}: a name of a hosted zone. Settings: {@code region}, {@code zone} (its id), {@code record},
 * {@code target.a|aaaa|cname|alias|alias-zone|types|identifier|health-check}, {@code source.identifier},
 * {@code name-servers}, {@code numbers.…}, {@code excuse.WHAT}, and {@code attach} (yes where the target's records get a
 * health check: before any weight, at weight 0).
 */
public final class NameSettings implements SettingsDecoder {
    private static final Key<String> ZONE = Key.of(
                    "zone", Shared.text("a hosted zone's id", "Z0123456789ABC", "^[A-Z0-9]{4,32}$"), "The hosted zone.")
            .required();
    private static final Key<String> RECORD = Key.of(
                    "record", Shared.text("a name", "shop.example.com", "^[^\\s/]+$"), "The name whose records move.")
            .required();
    private static final Key<String> IDENTIFIER =
            Key.of("identifier", Types.PLAIN, "The identifier of this side's weighted record.");
    private static final Key<Values> SOURCE = Key.of(
            "source",
            Section.of("the source's records", IDENTIFIER),
            "Which weighted record is the source's, where there are several.");
    private static final Key<Values> TARGET = Key.of(
                    "target",
                    Section.of(
                            "the target's records",
                            Key.of("a", Types.PLAIN, "The IPv4 address of the target."),
                            Key.of("aaaa", Types.PLAIN, "The IPv6 address of the target."),
                            Key.of("cname", Types.PLAIN, "The name that the target's CNAME leads to."),
                            Key.of(
                                    "alias",
                                    Types.PLAIN,
                                    "What the target's alias leads to, such as a load balancer's name."),
                            Key.of("alias-zone", Types.PLAIN, "The hosted zone of what the alias leads to."),
                            Key.of("types", Types.PLAIN, "The types that are aliases: A, or A AAAA."),
                            Key.of(
                                    "health-check",
                                    Shared.HEALTH_CHECK,
                                    "The health check that the target's records carry, made by a configure step; no"
                                            + " weight before it is green."),
                            IDENTIFIER),
                    "What the name leads to at the target, for every type that it has at the source.")
            .required();
    private static final Key<String> NAME_SERVERS = Key.of(
                    "name-servers",
                    Types.TEXT,
                    "Who is asked whether a change is answered: the zone's own, 'none', or addresses.")
            .orElse("zone");

    @Override
    public Role role() {
        return Role.ROUTER;
    }

    @Override
    public String adapter() {
        return "route-53";
    }

    @Override
    public Section keys() {
        return Section.of(
                "a name in Route 53",
                Shared.REGION,
                ZONE,
                RECORD,
                SOURCE,
                TARGET,
                NAME_SERVERS,
                Shared.SAID_NUMBERS,
                Shared.EXCUSE);
    }

    @Override
    public Settings settings(Values values) {
        TreeMap<String, String> settings = new TreeMap<>(values.flat(keys()));
        if (settings.containsKey("target.health-check")) {
            settings.put("attach", "yes");
        }
        return new Settings(adapter(), settings);
    }
}
