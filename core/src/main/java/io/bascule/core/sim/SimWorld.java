package io.bascule.core.sim;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Dataset;
import io.bascule.core.plan.Entrance;
import io.bascule.core.plan.Settings;
import io.bascule.core.plan.Side;
import io.bascule.core.plan.Writer;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Adapters;
import io.bascule.core.port.BackupStore;
import io.bascule.core.port.DataCarrier;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Detection;
import io.bascule.core.port.Finding;
import io.bascule.core.port.HealthProbe;
import io.bascule.core.port.Image;
import io.bascule.core.port.LoadDriver;
import io.bascule.core.port.MetricSource;
import io.bascule.core.port.Probe;
import io.bascule.core.port.Resource;
import io.bascule.core.port.RunHistory;
import io.bascule.core.port.ScriptRunner;
import io.bascule.core.port.TrafficRouter;
import io.bascule.core.port.Verdict;
import io.bascule.core.port.WriterControl;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A whole platform in memory, made from a plan: entrances with users, applications, databases, jobs, names. Time passes
 * with every call; the world goes on by itself while nobody calls. The same seed gives the same world.
 */
public final class SimWorld implements Adapters {
    private final CutoverPlan plan;
    private final Physics physics;
    private final VirtualClock clock;
    private final SplittableRandom random;
    private final SimJournal journal;
    private final Trouble trouble;
    private final Invariants invariants;
    private final Map<Resource, SimResource> resources = new LinkedHashMap<>();
    private final Map<String, SimEntrance> entrances = new LinkedHashMap<>();
    private final Map<String, SimDataset> datasets = new LinkedHashMap<>();
    private final Map<String, SimStore> stores = new LinkedHashMap<>();
    private final Map<String, SimWriter> writers = new LinkedHashMap<>();
    private final Map<Side, SimApplication> applications = new EnumMap<>(Side.class);
    private final SimTools tools;
    private final SimZone zone = new SimZone();
    private boolean inAgenda = true;
    /** The run that the plan follows did not end as a completed one. */
    boolean followedWentBack;

    SimWorld(CutoverPlan plan, long seed, Physics physics, VirtualClock clock, SimJournal journal) {
        this.plan = plan;
        this.physics = physics;
        this.clock = clock;
        this.random = new SplittableRandom(seed);
        this.journal = journal;
        this.trouble = new Trouble(clock, random.split());
        this.invariants = new Invariants(this);
        this.tools = new SimTools(this);
        for (Side side : Side.values()) {
            applications.put(side, new SimApplication(this, side));
        }
        build();
        clock.afterEachInstant(invariants::check);
        inAgenda = false;
    }

    private void build() {
        for (Dataset dataset : plan.movedDatasets().toList()) {
            SimDataset made = new SimDataset(this, dataset);
            datasets.put(dataset.name(), made);
            for (Side side : Side.values()) {
                stores.put(made.store(side).location, made.store(side));
                made.store(side).fence.after.add(() -> applications.values().forEach(SimApplication::fencesMoved));
            }
            application(Side.SOURCE).use(dataset.name(), made.store(Side.SOURCE).location);
        }
        plan.steps().forEach(step -> {
            switch (step.action()) {
                case Action.Configure configure -> configured(configure);
                case Action.PrepareDns dns ->
                    addOnce(Resource.dns(dns.entrance()), Image.of("ttl", "300", "form", "simple"));
                case Action.Capacity capacity -> addOnce(Resource.capacity(capacity.side()), Image.of("amount", "4"));
                case Action.Decommission _ -> addOnce(Resource.existence(Side.SOURCE), Image.of("exists", "yes"));
                case Action.SwitchOver _ -> addOnce(Resource.switchOver(step.id()), Image.of("switched", "no"));
                case Action.Script script
                when script.hasEffect() -> addOnce(Resource.script(step.id()), Image.of("state", "before"));
                default -> {}
            }
        });
        for (Entrance entrance : plan.entrances()) {
            entrances.put(entrance.name(), new SimEntrance(this, entrance));
        }
        entrances.values().forEach(this::named);
        entrances.values().forEach(this::checked);
        for (Writer writer : plan.writers()) {
            writers.put(writer.name(), new SimWriter(this, writer));
        }
    }

    /** A name's TTL, once set, is what resolvers go by: the plan lowered it long enough ahead. */
    private void named(SimEntrance entrance) {
        SimResource ttl = resources.get(Resource.dns(entrance.plan.name()));
        if (ttl != null) {
            ttl.after.add(() -> entrance.lives(Integer.parseInt(ttl.image.get("ttl"))));
        }
    }

    /** A health check is not taken away while the target's records carry it. */
    private void checked(SimEntrance entrance) {
        healthCheck(entrance)
                .ifPresent(check -> check.refuses = wanted ->
                        exists(wanted) || entrance.weights.image.owned().containsKey("alone")
                                ? Optional.empty()
                                : Optional.of("the target's records carry it"));
    }

    private Optional<SimResource> healthCheck(SimEntrance entrance) {
        return entrance.plan.healthCheck().map(name -> resource(Resource.configuration(name)));
    }

    private static boolean exists(Image check) {
        return check.get("exists").equals("yes");
    }

    /** Whether the target's health check, where the plan has one, is there and carried by its records. */
    boolean isChecked(SimEntrance entrance) {
        return healthCheck(entrance)
                .map(check ->
                        exists(check.image) && !entrance.weights.image.owned().containsKey("alone"))
                .orElse(true);
    }

    private void configured(Action.Configure configure) {
        Resource resource = Resource.configuration(configure.name());
        java.util.TreeMap<String, String> before = new java.util.TreeMap<>();
        configure.set().keySet().forEach(field -> before.put(field, "before"));
        configure.connects().ifPresent(c -> before.put(c.field(), locationBefore(configure.side(), c.dataset())));
        addOnce(resource, new Image(before, new java.util.TreeMap<>(Map.of("certificate", "7"))));
        configure.connects().ifPresent(c -> application(configure.side()).wire(resource(resource), c));
    }

    private String locationBefore(Side side, String dataset) {
        return side == Side.SOURCE
                ? Objects.requireNonNull(datasets.get(dataset)).store(Side.SOURCE).location
                : SimApplication.SCRATCH;
    }

    private void addOnce(Resource id, Image first) {
        if (!resources.containsKey(id)) {
            SimResource _ = add(id, first);
        }
    }

    SimResource add(Resource id, Image first) {
        SimResource resource = new SimResource(this, id, first);
        resources.put(id, resource);
        return resource;
    }

    SimResource resource(Resource id) {
        return Objects.requireNonNull(resources.get(id), id::toString);
    }

    Collection<SimResource> resources() {
        return resources.values();
    }

    Actuator reach(SimResource resource) {
        return new SimActuator(this, resource);
    }

    /** A call is made: it takes a little time, and the world goes on. */
    void call() {
        inAgenda = true;
        clock.pass(1 + random.nextInt(6));
        inAgenda = false;
    }

    /** Lets time pass without a call. */
    void pass(Duration time) {
        inAgenda = true;
        clock.pass(time);
        inAgenda = false;
    }

    void passUntil(Instant instant) {
        inAgenda = true;
        clock.passUntil(instant);
        inAgenda = false;
    }

    /** Works out what users and jobs did until now. */
    void flow() {
        long now = clock.millis();
        for (SimEntrance entrance : entrances.values()) {
            entrance.flow(now);
        }
        for (SimWriter writer : writers.values()) {
            writer.flow(now);
        }
    }

    /** Something has changed; what happens on the agenda is looked at when the instant is over. */
    void changed() {
        if (!inAgenda) {
            invariants.check();
        }
    }

    /** The world's time of an instant as the orchestrator counts it. */
    long worldMillis(Instant instant) {
        return instant.toEpochMilli() - clock.now().toEpochMilli() + clock.millis();
    }

    /** Whether every resource is as it was at the start. */
    boolean unchanged() {
        return resources.entrySet().stream()
                .allMatch(each -> isRestored(each.getKey(), each.getValue().image, each.getValue().first));
    }

    /** As it was, or, for capacity, no less: an undo never lowers it. */
    static boolean isRestored(Resource resource, Image now, Image first) {
        boolean kept = resource.kind() == Resource.Kind.CAPACITY
                && Long.parseLong(now.get("amount")) >= Long.parseLong(first.get("amount"));
        return kept || now.sameState(first);
    }

    CutoverPlan plan() {
        return plan;
    }

    Physics physics() {
        return physics;
    }

    public VirtualClock clock() {
        return clock;
    }

    SplittableRandom random() {
        return random;
    }

    public SimJournal journal() {
        return journal;
    }

    public Trouble trouble() {
        return trouble;
    }

    Invariants invariants() {
        return invariants;
    }

    Collection<SimEntrance> entrances() {
        return entrances.values();
    }

    Collection<SimDataset> datasets() {
        return datasets.values();
    }

    Collection<SimWriter> writers() {
        return writers.values();
    }

    SimEntrance entrance(String name) {
        return Objects.requireNonNull(entrances.get(name), name);
    }

    SimDataset dataset(String name) {
        return Objects.requireNonNull(datasets.get(name), name);
    }

    SimApplication application(Side side) {
        return Objects.requireNonNull(applications.get(side));
    }

    Optional<SimStore> storeAt(String location) {
        return Optional.ofNullable(stores.get(location));
    }

    /** A person has given up what cannot be carried home. */
    boolean lossAccepted() {
        return journal.lossAccepted();
    }

    /** Someone else has changed something of ours. */
    void meddled() {
        invariants.meddled();
    }

    boolean isMeddled() {
        return invariants.isMeddled();
    }

    /** The zone of every name of the plan. */
    public SimZone zone() {
        return zone;
    }

    SimTools tools() {
        return tools;
    }

    @Override
    public TrafficRouter router(String entrance) {
        return entrance(entrance);
    }

    @Override
    public MetricSource metrics(String from) {
        return entrance(from);
    }

    @Override
    public HealthProbe health(Side side) {
        return application(side);
    }

    @Override
    public DataCarrier carrier(String dataset) {
        return dataset(dataset);
    }

    @Override
    public WriterControl writer(String name) {
        return Objects.requireNonNull(writers.get(name), name);
    }

    @Override
    public Actuator configuration(String name) {
        return reach(resource(Resource.configuration(name)));
    }

    @Override
    public Actuator dns(String entrance) {
        return reach(resource(Resource.dns(entrance)));
    }

    @Override
    public Actuator capacity(Side side) {
        return reach(resource(Resource.capacity(side)));
    }

    @Override
    public Actuator existence(Side side) {
        return reach(resource(Resource.existence(side)));
    }

    @Override
    public Actuator switchOver(String step) {
        return reach(resource(Resource.switchOver(step)));
    }

    @Override
    public Probe probe(Settings means) {
        return tools.probe(means);
    }

    @Override
    public BackupStore backup(String dataset) {
        return tools;
    }

    @Override
    public ScriptRunner scripts() {
        return tools;
    }

    @Override
    public LoadDriver load() {
        return tools;
    }

    @Override
    public RunHistory history() {
        return (followed, deadline) -> Finding.of(
                followedWentBack
                        ? new Verdict.Fail(followed + " ended ROLLED_BACK")
                        : new Verdict.Pass(followed + " was completed"));
    }

    @Override
    public List<Detection> detect(Deadline deadline) {
        return List.of();
    }

    @Override
    public Evidence evidence() {
        return Evidence.SIMULATED;
    }
}
