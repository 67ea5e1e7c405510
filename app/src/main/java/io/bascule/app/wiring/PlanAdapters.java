package io.bascule.app.wiring;

import io.bascule.app.ExitCode;
import io.bascule.app.UserMistake;
import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Dataset;
import io.bascule.core.plan.Entrance;
import io.bascule.core.plan.Environment;
import io.bascule.core.plan.Settings;
import io.bascule.core.plan.Side;
import io.bascule.core.plan.Writer;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Adapters;
import io.bascule.core.port.BackupStore;
import io.bascule.core.port.DataCarrier;
import io.bascule.core.port.HealthProbe;
import io.bascule.core.port.LoadDriver;
import io.bascule.core.port.MetricSource;
import io.bascule.core.port.ScriptRunner;
import io.bascule.core.port.TrafficRouter;
import io.bascule.core.port.WriterControl;
import io.bascule.data.sqlite.SqliteBackup;
import io.bascule.data.sqlite.SqliteCarrier;
import io.bascule.embedded.files.FileConfiguration;
import io.bascule.embedded.files.FlatFormat;
import io.bascule.embedded.frontdoor.FrontDoorRouter;
import io.bascule.embedded.http.Secret;
import io.bascule.embedded.probe.HttpHealthProbe;
import io.bascule.embedded.probe.HttpWriterControl;
import io.bascule.embedded.script.ProcessScripts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The real adapters of a plan, each made when first asked for and kept: one per name. Safe for threads. */
public final class PlanAdapters implements Adapters {
    private final CutoverPlan plan;
    private final StoredPlan stored;
    private final InstantSource clock = InstantSource.system();
    private final Map<String, TrafficRouter> routers = new ConcurrentHashMap<>();
    private final Map<String, DataCarrier> carriers = new ConcurrentHashMap<>();
    private final Map<String, WriterControl> writers = new ConcurrentHashMap<>();
    private final Map<Side, HealthProbe> probes = new ConcurrentHashMap<>();
    private final Map<String, Actuator> configurations = new ConcurrentHashMap<>();

    public PlanAdapters(StoredPlan stored) {
        this.plan = stored.plan();
        this.stored = stored;
    }

    @Override
    public TrafficRouter router(String entrance) {
        return routers.computeIfAbsent(entrance, name -> frontDoor(plan.entrance(name)));
    }

    private TrafficRouter frontDoor(Entrance entrance) {
        Settings router = entrance.router();
        if (!router.adapter().equals("front-door")) {
            throw unknown(router);
        }
        try {
            Secret token = Secret.resolve(router.need("token"), stored.folder(), System.getenv());
            Duration drain = Duration.parse(router.get("sessions").orElse("PT0S"));
            FrontDoorRouter.Address address = new FrontDoorRouter.Address(
                    URI.create(router.need("at")), URI.create(router.need("control")), token, "/", drain);
            return new FrontDoorRouter(address, clock);
        } catch (IOException e) {
            throw new UserMistake(
                    ExitCode.ERROR,
                    "the token of the front door of " + entrance.name() + " cannot be read: " + e.getMessage());
        }
    }

    @Override
    public MetricSource metrics(String from) {
        return router(from);
    }

    @Override
    public HealthProbe health(Side side) {
        return probes.computeIfAbsent(side, each -> {
            Environment environment = environment(each);
            return new HttpHealthProbe(URI.create(environment.http()), environment.health(), clock);
        });
    }

    private Environment environment(Side side) {
        Environment environment = plan.environments().get(side);
        if (environment == null) {
            throw new IllegalStateException("the plan has no " + side.word());
        }
        return environment;
    }

    @Override
    public DataCarrier carrier(String dataset) {
        return carriers.computeIfAbsent(dataset, name -> {
            Dataset.Moved moved = moved(name);
            return new SqliteCarrier(name, path(moved.source()), path(moved.target()), clock);
        });
    }

    private Dataset.Moved moved(String name) {
        Dataset.Moved moved = plan.datasets().stream()
                .filter(dataset -> dataset.name().equals(name))
                .findFirst()
                .flatMap(Dataset::moved)
                .orElseThrow();
        if (!moved.carrier().adapter().equals("sqlite")) {
            throw unknown(moved.carrier());
        }
        return moved;
    }

    @Override
    public WriterControl writer(String name) {
        return writers.computeIfAbsent(name, each -> {
            Writer writer = plan.writers().stream()
                    .filter(w -> w.name().equals(each))
                    .findFirst()
                    .orElseThrow();
            return switch (writer.kind()) {
                case Writer.Through _ ->
                    control(
                            environment(Side.SOURCE).http(),
                            environment(Side.TARGET).http(),
                            writer.prove());
                case Writer.Singleton singleton ->
                    control(
                            singleton.control().need("source"),
                            singleton.control().need("target"),
                            writer.prove());
            };
        });
    }

    private WriterControl control(String source, String target, String prove) {
        return new HttpWriterControl(URI.create(source), URI.create(target), prove, clock);
    }

    @Override
    public Actuator configuration(String name) {
        return configurations.computeIfAbsent(name, each -> {
            Action.Configure configure = plan.steps()
                    .filter(step -> step.action() instanceof Action.Configure c
                            && c.name().equals(each))
                    .map(step -> (Action.Configure) step.action())
                    .findFirst()
                    .orElseThrow();
            return switch (configure.means().adapter()) {
                case "file" ->
                    new FileConfiguration(
                            path(configure.means().need("path")),
                            format(configure.means().need("path")),
                            new TreeSet<>(configure.set().keySet()),
                            clock);
                default -> throw unknown(configure.means());
            };
        });
    }

    @Override
    public Actuator dns(String entrance) {
        throw new IllegalStateException("no adapter of this version moves names: " + entrance);
    }

    @Override
    public Actuator capacity(Side side) {
        throw new IllegalStateException("no adapter of this version sets capacity: " + side);
    }

    @Override
    public Actuator existence(Side side) {
        throw new IllegalStateException("no adapter of this version removes a side: " + side);
    }

    @Override
    public BackupStore backup(String dataset) {
        Dataset.Moved moved = moved(dataset);
        return new SqliteBackup(dataset, path(moved.source()), path(moved.target()), stored.folder(), clock);
    }

    @Override
    public ScriptRunner scripts() {
        Map<String, String> environment = new TreeMap<>();
        plan.environments().forEach((side, app) -> environment.put("BASCULE_" + side.name() + "_URL", app.http()));
        return new ProcessScripts(stored.folder(), environment, clock);
    }

    @Override
    public LoadDriver load() {
        return new LoadGeneratorDriver(plan.environments());
    }

    @Override
    public Evidence evidence() {
        return Evidence.THIS_PLATFORM;
    }

    /** By the file's name, as its application reads it. */
    private static FlatFormat format(String file) {
        if (file.endsWith(".yaml") || file.endsWith(".yml")) {
            return FlatFormat.YAML;
        }
        return file.endsWith(".env") ? FlatFormat.ENV : FlatFormat.PROPERTIES;
    }

    private Path path(String relative) {
        return stored.folder().resolve(relative);
    }

    private static IllegalStateException unknown(Settings settings) {
        return new IllegalStateException("this version has no adapter called " + settings.adapter());
    }
}
