package io.bascule.core.run;

import io.bascule.core.port.Image;
import io.bascule.core.port.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Everything a run knows of itself: a fold over its journal, nothing else. Immutable; {@link Fold#apply} makes the next
 * one.
 */
public final class RunState {
    long seq;
    RunStatus status = RunStatus.RUNNING;
    String reason = "";
    Instant startedAt = Instant.EPOCH;
    String startedBy = "";
    String startedByPrincipal = "";
    long lastOrder;
    Map<String, ActState> forward = new HashMap<>();
    Map<String, ActState> back = new HashMap<>();
    /** Forward acts in doubt, kept beside {@code forward} so that nobody has to look for them. */
    Set<String> inDoubt = Set.of();
    /** How many of the program's first acts are over, at least: where a search for the next one begins. */
    int overUpTo;

    SequencedMap<Resource, ResourceState> resources = new LinkedHashMap<>();
    Map<String, Image> surveyed = Map.of();
    Map<String, GateState> gates = new LinkedHashMap<>();
    SortedMap<String, Double> baseline = Collections.emptySortedMap();
    Optional<SoakState> soak = Optional.empty();
    Optional<Freeze> freeze = Optional.empty();
    int forwardFreezes;
    int backFreezes;
    boolean released;
    boolean targetOpened;
    boolean usersMoved;
    WayBack wayBack = WayBack.OPEN;
    String wayBackWhy = "nothing has been changed";
    Instant lookedAt = Instant.EPOCH;
    Optional<RunEvent.Judged> lastLook = Optional.empty();
    Optional<RunEvent.Held> held = Optional.empty();
    Optional<RunEvent.DriftFound> drift = Optional.empty();
    Optional<RunEvent.RollbackBegun> rollback = Optional.empty();
    Instant rollbackAt = Instant.EPOCH;
    Optional<Route> route = Optional.empty();
    boolean routeFrozen;
    boolean routeUsersAtTarget;
    /** The target took writes, and they have been carried home since. */
    boolean cameHome;
    /** Until when a request that nobody answered for may still take effect, by resource. */
    Map<Resource, Instant> mayLand = Map.of();
    /** What such requests may have made of it, seen or not. */
    Map<Resource, Set<Image>> mayHaveMade = Map.of();

    Optional<Order> wanted = Optional.empty();
    String wantedBy = "";
    boolean force;
    boolean acceptLoss;
    boolean turnaroundTold;
    /** The source's load when the baseline was recorded, and the highest seen at the target; requests a second. */
    double sourceLoad;

    double targetLoad;
    /** A person has said that they know how it stands, or how it ended. */
    boolean acknowledged;
    /** The claim on every entrance was taken once. */
    boolean claimed;

    List<String> exceptions = List.of();
    Optional<RunEvent.Ended> ended = Optional.empty();

    RunState() {}

    RunState(RunState other) {
        seq = other.seq;
        status = other.status;
        reason = other.reason;
        startedAt = other.startedAt;
        startedBy = other.startedBy;
        startedByPrincipal = other.startedByPrincipal;
        lastOrder = other.lastOrder;
        forward = other.forward;
        back = other.back;
        inDoubt = other.inDoubt;
        overUpTo = other.overUpTo;
        resources = other.resources;
        surveyed = other.surveyed;
        gates = other.gates;
        baseline = other.baseline;
        soak = other.soak;
        freeze = other.freeze;
        forwardFreezes = other.forwardFreezes;
        backFreezes = other.backFreezes;
        released = other.released;
        targetOpened = other.targetOpened;
        usersMoved = other.usersMoved;
        wayBack = other.wayBack;
        wayBackWhy = other.wayBackWhy;
        lookedAt = other.lookedAt;
        lastLook = other.lastLook;
        held = other.held;
        drift = other.drift;
        rollback = other.rollback;
        rollbackAt = other.rollbackAt;
        route = other.route;
        routeFrozen = other.routeFrozen;
        routeUsersAtTarget = other.routeUsersAtTarget;
        cameHome = other.cameHome;
        mayLand = other.mayLand;
        mayHaveMade = other.mayHaveMade;
        wanted = other.wanted;
        wantedBy = other.wantedBy;
        force = other.force;
        acceptLoss = other.acceptLoss;
        turnaroundTold = other.turnaroundTold;
        sourceLoad = other.sourceLoad;
        targetLoad = other.targetLoad;
        acknowledged = other.acknowledged;
        claimed = other.claimed;
        exceptions = other.exceptions;
        ended = other.ended;
    }

    public long seq() {
        return seq;
    }

    public RunStatus status() {
        return status;
    }

    /** The sentence that says why the run stands where it stands. */
    public String reason() {
        return reason;
    }

    public Instant startedAt() {
        return startedAt;
    }

    public long lastOrder() {
        return lastOrder;
    }

    public String startedBy() {
        return startedBy;
    }

    /** Resources with an intent, in the order of first intent. */
    public SequencedMap<Resource, ResourceState> resources() {
        return Collections.unmodifiableSequencedMap(resources);
    }

    public Optional<GateState> gate(String gate) {
        return Optional.ofNullable(gates.get(gate));
    }

    public Map<String, GateState> gates() {
        return Collections.unmodifiableMap(gates);
    }

    public Optional<SoakState> soak() {
        return soak;
    }

    public Optional<Freeze> freeze() {
        return freeze;
    }

    public SortedMap<String, Double> baseline() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(baseline));
    }

    public WayBack wayBack() {
        return wayBack;
    }

    public String wayBackWhy() {
        return wayBackWhy;
    }

    public Optional<RunEvent.Judged> lastLook() {
        return lastLook;
    }

    public Optional<RunEvent.Held> held() {
        return held;
    }

    public Optional<RunEvent.RollbackBegun> rollback() {
        return rollback;
    }

    public Optional<Route> route() {
        return route;
    }

    public List<String> exceptions() {
        return exceptions;
    }

    /** Whether a person has acknowledged it: what a plan that was rolled back needs before it is tried again. */
    public boolean acknowledged() {
        return acknowledged;
    }

    public Optional<RunEvent.Ended> ended() {
        return ended;
    }

    public Direction direction() {
        return rollback.isPresent() ? Direction.BACK : Direction.FORWARD;
    }

    /** Whether an act of the plan is over: done, or left out by name. */
    public boolean over(String act) {
        return state(act, Direction.FORWARD).over();
    }

    ActState state(String act, Direction direction) {
        return (direction == Direction.FORWARD ? forward : back).getOrDefault(act, ActState.FRESH);
    }

    Optional<ResourceState> resource(Resource resource) {
        return Optional.ofNullable(resources.get(resource));
    }

    void doubt(String act, boolean doubtful) {
        if (doubtful != inDoubt.contains(act)) {
            Set<String> acts = new HashSet<>(inDoubt);
            boolean _ = doubtful ? acts.add(act) : acts.remove(act);
            inDoubt = Set.copyOf(acts);
        }
    }

    /** After acts were made fresh again. */
    void recount() {
        overUpTo = 0;
        Set<String> acts = new HashSet<>();
        forward.forEach((id, act) -> {
            if (act.inDoubt()) {
                acts.add(id);
            }
        });
        inDoubt = Set.copyOf(acts);
    }

    /** The first act of the program that is not over. */
    Optional<Act> current(Program program) {
        List<Act> acts = program.acts();
        int i = overUpTo;
        while (i < acts.size() && over(acts.get(i).id())) {
            i++;
        }
        overUpTo = i;
        return i < acts.size() ? Optional.of(acts.get(i)) : Optional.empty();
    }

    /** Notes a request that may still land; one that brings back what was recorded does no harm. */
    void mayLand(RunEvent.IntentRecorded intent) {
        Resource resource = Resource.parse(intent.resource());
        boolean back = intent.direction() == Direction.BACK;
        if (back
                && resource(resource)
                        .map(known -> known.pre().sameState(intent.post()))
                        .orElse(false)) {
            return;
        }
        Instant until = intent.notAfter().plus(Pace.LATE);
        Map<Resource, Instant> more = new HashMap<>(mayLand);
        more.merge(resource, until, (a, b) -> a.isAfter(b) ? a : b);
        mayLand = Map.copyOf(more);
        Map<Resource, Set<Image>> made = new HashMap<>(mayHaveMade);
        made.merge(resource, Set.of(intent.post()), RunState::both);
        mayHaveMade = Map.copyOf(made);
    }

    /** Something was skipped or overridden, and the report names it. */
    void except(String exception) {
        List<String> more = new ArrayList<>(exceptions);
        more.add(exception);
        exceptions = List.copyOf(more);
    }

    private static Set<Image> both(Set<Image> a, Set<Image> b) {
        Set<Image> all = new HashSet<>(a);
        all.addAll(b);
        return Set.copyOf(all);
    }

    /** Until when something that was asked for may still happen to such a resource; {@link Instant#EPOCH}: never. */
    Instant mayLandUntil(Predicate<Resource> which) {
        Instant latest = Instant.EPOCH;
        for (Map.Entry<Resource, Instant> each : mayLand.entrySet()) {
            if (which.test(each.getKey()) && each.getValue().isAfter(latest)) {
                latest = each.getValue();
            }
        }
        for (ActState act : forward.values()) {
            if ((act.stage() == ActState.Stage.INTENDED || act.stage() == ActState.Stage.DOUBTFUL)
                    && act.intent().isPresent()
                    && which.test(Resource.parse(act.intent().get().resource()))) {
                Instant until = act.intent().get().notAfter().plus(Pace.LATE);
                latest = until.isAfter(latest) ? until : latest;
            }
        }
        return latest;
    }

    /** Whether a person gave up writes that could not be carried home. */
    public boolean lossAccepted() {
        return acceptLoss;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RunState that && facts().equals(that.facts());
    }

    @Override
    public int hashCode() {
        return Long.hashCode(seq);
    }

    private List<Object> facts() {
        return List.of(
                List.of(seq, status, reason, startedAt, startedBy, startedByPrincipal, lastOrder, surveyed, gates),
                List.of(forward, back, resources, baseline, soak, freeze, forwardFreezes, backFreezes, released),
                List.of(targetOpened, usersMoved, wayBack, wayBackWhy, lookedAt, lastLook, held, drift, rollback),
                List.of(
                        routeFrozen,
                        routeUsersAtTarget,
                        cameHome,
                        mayLand,
                        mayHaveMade,
                        claimed,
                        sourceLoad,
                        targetLoad,
                        acknowledged),
                List.of(rollbackAt, route, wanted, wantedBy, force, acceptLoss, turnaroundTold, exceptions, ended));
    }
}
