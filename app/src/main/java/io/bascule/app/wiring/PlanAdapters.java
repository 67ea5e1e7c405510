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
import io.bascule.core.port.Channel;
import io.bascule.core.port.DataCarrier;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Detection;
import io.bascule.core.port.HealthProbe;
import io.bascule.core.port.LoadDriver;
import io.bascule.core.port.MetricSource;
import io.bascule.core.port.Probe;
import io.bascule.core.port.RunHistory;
import io.bascule.core.port.ScriptRunner;
import io.bascule.core.port.TrafficRouter;
import io.bascule.core.port.WriterControl;
import io.bascule.data.sqlite.SqliteBackup;
import io.bascule.data.sqlite.SqliteCarrier;
import io.bascule.embedded.files.FileChannel;
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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The real adapters of a plan, each made when first asked for and kept: one per name. Safe for threads. */
public final class PlanAdapters implements Adapters, AutoCloseable {
    private final CutoverPlan plan;
    private final StoredPlan stored;
    private final InstantSource clock = InstantSource.system();
    private final Map<String, TrafficRouter> routers = new ConcurrentHashMap<>();
    private final Map<String, DataCarrier> carriers = new ConcurrentHashMap<>();
    private final Map<String, WriterControl> writers = new ConcurrentHashMap<>();
    private final Map<Side, HealthProbe> probes = new ConcurrentHashMap<>();
    private final Map<String, Actuator> configurations = new ConcurrentHashMap<>();
    private final Map<String, Actuator> switches = new ConcurrentHashMap<>();
    private final Map<String, Actuator> names = new ConcurrentHashMap<>();
    private final Platforms platforms;
    private final RunHistory history;

    /** For reading ahead of a run. */
    public PlanAdapters(StoredPlan stored) {
        this(stored, "", StoredRuns.NONE);
    }

    /**
     * @param run whose calls these are; empty while there is no run
     * @param history of the store that the run is kept in
     */
    PlanAdapters(StoredPlan stored, String run, RunHistory history) {
        this.history = history;
        this.plan = stored.plan();
        this.stored = stored;
        this.platforms = new Platforms(plan, run, clock);
    }

    @Override
    public TrafficRouter router(String entrance) {
        return routers.computeIfAbsent(entrance, name -> router(plan.entrance(name)));
    }

    private TrafficRouter router(Entrance entrance) {
        Settings router = entrance.router();
        return router.adapter().equals("front-door")
                ? frontDoor(entrance)
                : platforms.of(router).router(entrance);
    }

    private TrafficRouter frontDoor(Entrance entrance) {
        Settings router = entrance.router();
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
            throw Platforms.unknown(moved.carrier());
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
                default -> platforms.of(configure.means()).configuration(configure);
            };
        });
    }

    @Override
    public Actuator dns(String entrance) {
        return names.computeIfAbsent(entrance, name -> {
            Entrance named = plan.entrance(name);
            return platforms.of(named.router()).dns(named);
        });
    }

    @Override
    public Actuator capacity(Side side) {
        Settings means = plan.steps()
                .filter(step -> step.action() instanceof Action.Capacity c && c.side() == side)
                .map(step -> ((Action.Capacity) step.action()).means())
                .findFirst()
                .orElseThrow();
        return platforms.of(means).capacity(side, means);
    }

    @Override
    public Actuator existence(Side side) {
        Settings means = plan.steps()
                .filter(step -> step.action() instanceof Action.Decommission)
                .map(step -> ((Action.Decommission) step.action()).means())
                .findFirst()
                .orElseThrow();
        return platforms.of(means).existence(side, means);
    }

    @Override
    public Actuator switchOver(String step) {
        return switches.computeIfAbsent(step, each -> {
            Action.SwitchOver over =
                    (Action.SwitchOver) plan.step(each).orElseThrow().action();
            return platforms.of(over.means()).switchOver(over.means());
        });
    }

    @Override
    public Probe probe(Settings means) {
        return platforms.of(means).probe(means);
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
        return new LoadGeneratorDriver(plan.environments(), stored.folder(), clock);
    }

    @Override
    public RunHistory history() {
        return history;
    }

    @Override
    public List<Detection> detect(Deadline deadline) {
        return platforms.detect(deadline);
    }

    @Override
    public Evidence evidence() {
        return platforms.evidence();
    }

    @Override
    public void close() {
        platforms.close();
    }

    Channel channel(Settings settings) {
        return settings.adapter().equals("file")
                ? new FileChannel(path(settings.need("path")))
                : platforms.of(settings).channel(settings);
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
}
