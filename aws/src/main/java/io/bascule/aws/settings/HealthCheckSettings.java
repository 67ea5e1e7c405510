package io.bascule.aws.settings;

import io.bascule.core.plan.Settings;
import io.bascule.planfile.keys.Context;
import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.ScalarType;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.Types;
import io.bascule.planfile.keys.Values;
import io.bascule.planfile.keys.WrongText;
import io.bascule.planfile.problem.Code;
import io.bascule.planfile.problem.Problems;
import java.net.InetAddress;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code configure: { health-check: { name: shop-target, address: …, host: …, region: … }, set: { exists: yes } }}. What
 * follows from the protocol (port, path, SNI) is filled in, so that the settings are the whole check.
 */
public final class HealthCheckSettings extends ConfigurationSettings {
    private static final String TCP = "tcp";
    private static final String HTTPS = "https";
    private static final Key<String> NAME = Key.of(
                    "name", Shared.HEALTH_CHECK, "The health check's name in this plan; its field is 'exists'.")
            .required();
    private static final Key<String> PROTOCOL = Key.of(
                    "protocol",
                    Types.words(Map.of("http", "http", HTTPS, HTTPS, TCP, TCP), HTTPS),
                    "What is asked for: an answer of HTTP with a status from 200 to 399, or a connection.")
            .orElse(HTTPS);
    private static final Key<String> ADDRESS = Key.of(
            "address",
            ScalarType.text(
                    Code.TEXT,
                    "a public IP address",
                    "203.0.113.2",
                    "^[0-9a-fA-F.:]+$",
                    HealthCheckSettings::address,
                    text -> text,
                    "203.0.113.2"),
            "The address that is asked; without it 'host' is looked up each time.");
    private static final Key<String> HOST = Key.of(
            "host",
            Shared.text("a host's name", "target.example.com", "^[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+$"),
            "The name that is asked for: the header Host, and the name in TLS.");
    private static final Key<Integer> PORT =
            Key.of("port", Types.whole(1, 65_535), "The port that is asked.").orElseSaid("80 for http, 443 for https");
    private static final Key<String> PATH = Key.of(
                    "path",
                    Shared.text("a path that begins with /", "/health", "^/\\S{0,254}$"),
                    "The path that is asked for.")
            .orElseSaid("/, but for tcp");
    private static final Key<String> INTERVAL = Key.of(
                    "interval",
                    Types.words(Map.of("10s", "10s", "30s", "30s"), "30s"),
                    "How often each checker asks; every 10s costs more.")
            .orElse("30s");
    private static final Key<Integer> FAILURES = Key.of(
                    "failures",
                    Types.whole(1, 10),
                    "After how many answers of the other kind a checker changes its mind.")
            .orElse("3");
    private static final Key<String> SNI = Key.of(
                    "sni", Types.words(Map.of("yes", "yes", "no", "no"), "yes"), "Whether TLS is told the host's name.")
            .orElseSaid("yes for https with a host");

    public HealthCheckSettings() {
        super(
                "health-check",
                NAME,
                Section.of(
                        "a health check of Route 53",
                        NAME,
                        Shared.REGION,
                        PROTOCOL,
                        ADDRESS,
                        HOST,
                        PORT,
                        PATH,
                        INTERVAL,
                        FAILURES,
                        SNI),
                Set.of("exists"));
    }

    private static String address(String text) throws WrongText {
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw WrongText.whole();
        }
        boolean hidden = address.isSiteLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isAnyLocalAddress()
                || address.isMulticastAddress()
                || (address.getAddress().length == 16 && (address.getAddress()[0] & 0xfe) == 0xfc);
        if (hidden) {
            throw WrongText.because(Problems.quote(text) + " is not reached from outside, where Route 53 asks from")
                    .withHint("name the public address, or leave the health check out: Bascule's own probe stays");
        }
        return address.getHostAddress();
    }

    @Override
    public void check(Values values, Context context) {
        String protocol = values.get(PROTOCOL);
        if (!values.has(ADDRESS) && !values.has(HOST)) {
            String what = "whom the health check asks is not said";
            context.problem(Code.MISSING_KEY, values.at(), what, "add 'address', 'host' or both");
        }
        if (protocol.equals(TCP) && !values.has(PORT)) {
            context.problem(Code.MISSING_KEY, values.at(), "tcp has no port of its own", "add 'port'");
        }
        if (protocol.equals(TCP) && values.has(PATH)) {
            String what = "tcp asks for no path";
            context.problem(Code.NOT_WITH, values.at(PATH), what, "remove 'path', or ask by 'protocol: https'");
        }
        if (!protocol.equals(HTTPS) && values.has(SNI)) {
            context.problem(Code.NOT_WITH, values.at(SNI), protocol + " has no TLS to tell a name to", "remove 'sni'");
        } else if (!values.has(HOST) && values.get(SNI).equals("yes") && values.has(SNI)) {
            context.problem(
                    Code.NOT_WITH, values.at(SNI), "there is no name to tell", "add 'host', or write 'sni: no'");
        }
    }

    @Override
    public Settings settings(Values values) {
        TreeMap<String, String> settings = new TreeMap<>(values.flat(keys()));
        String protocol = values.get(PROTOCOL);
        settings.putIfAbsent("port", protocol.equals("http") ? "80" : "443");
        if (!protocol.equals(TCP)) {
            settings.putIfAbsent("path", "/");
        }
        if (protocol.equals(HTTPS)) {
            settings.putIfAbsent("sni", settings.containsKey("host") ? "yes" : "no");
        }
        return new Settings(adapter(), settings);
    }
}
