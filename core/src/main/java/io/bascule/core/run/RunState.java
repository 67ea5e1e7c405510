package io.bascule.core.run;

import io.bascule.core.port.Image;
import io.bascule.core.port.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

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
    Optional<Order> wanted = Optional.empty();
    String wantedBy = "";
    boolean force;
    boolean acceptLoss;
    boolean turnaroundTold;
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
        wanted = other.wanted;
        wantedBy = other.wantedBy;
        force = other.force;
        acceptLoss = other.acceptLoss;
        turnaroundTold = other.turnaroundTold;
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

    /** Forward intents whose effect is not known yet. */
    List<ActState> doubts() {
        List<ActState> doubts = new ArrayList<>();
        for (ActState act : forward.values()) {
            if (act.inDoubt() && act.intent().isPresent()) {
                doubts.add(act);
            }
        }
        return doubts;
    }
}
