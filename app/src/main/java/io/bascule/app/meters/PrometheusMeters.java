package io.bascule.app.meters;

import io.bascule.core.port.Meter;
import io.bascule.core.port.MeterAddress;
import io.bascule.core.port.MeterProvider;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Queries of Prometheus, or of what speaks its API: {@code http://prometheus:9090/?query=avg(…)}, with {@code &step=5s} where
 * its samples lie closer than 15 s, and {@code &unit=percent} or {@code fraction} where the samples are shares.
 */
public final class PrometheusMeters implements MeterProvider {
    /** The environment variable with a bearer token, for servers that want one. */
    public static final String TOKEN = "BASCULE_PROMETHEUS_TOKEN";

    private static final List<String> WORDS = List.of("query", "step", "unit");
    private static final Duration TIME_OUT = Duration.ofSeconds(30);

    @Override
    public Set<String> schemes() {
        return Set.of("http", "https");
    }

    @Override
    public List<String> problems(MeterAddress address) {
        List<String> problems = new ArrayList<>();
        Optional<URI> base = base(address);
        if (base.isEmpty()) {
            problems.add("not an address of Prometheus: expected http://HOST:PORT/?query=…");
        } else if (base.get().getRawUserInfo() != null) {
            problems.add("an address of Prometheus with a password in it; set " + TOKEN + " instead");
        }
        if (address.get("query").isEmpty()) {
            problems.add("expected a query, as in http://HOST:PORT/?query=avg(cpu_share)");
        }
        address.get("step")
                .filter(step -> PrometheusMeter.step(step).isEmpty())
                .ifPresent(step -> problems.add("step=" + step + ": expected a duration such as 15s, of 1 s at least"));
        problems.addAll(address.problems(WORDS));
        problems.addAll(address.unitProblems());
        return problems;
    }

    private static Optional<URI> base(MeterAddress address) {
        try {
            return Optional.of(URI.create(address.scheme() + ":" + address.place()))
                    .filter(uri -> uri.getHost() != null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public Meter open(MeterAddress address, InstantSource clock) {
        return open(address, clock, Optional.ofNullable(System.getenv(TOKEN)), TIME_OUT);
    }

    static Meter open(MeterAddress address, InstantSource clock, Optional<String> token, Duration timeOut) {
        return new PrometheusMeter(
                base(address).orElseThrow(),
                address.get("query").orElseThrow(),
                address.get("step").flatMap(PrometheusMeter::step).orElse(PrometheusMeter.STEP),
                address.scale(Meter.Scale.UNSAID),
                token,
                timeOut,
                clock);
    }
}
