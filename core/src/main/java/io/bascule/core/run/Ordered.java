package io.bascule.core.run;

import io.bascule.core.port.Image;
import io.bascule.core.port.Resource;
import io.bascule.core.run.ActState.Stage;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What an accepted order changes in the state. Whether it may be accepted was decided by {@link Orders}. */
final class Ordered {
    private Ordered() {}

    static void apply(Program program, RunState next, RunEvent.OrderAccepted e, Instant at) {
        next.lastOrder = e.id();
        switch (e.order()) {
            case Order.Approve approve ->
                Fold.gate(
                        next,
                        approve.gate(),
                        gate -> gate.approvedBy(new GateState.Approval(e.who(), e.principal(), e.verified(), at)));
            case Order.Reject reject -> Fold.gate(next, reject.gate(), gate -> gate.rejectedBy(e.who()));
            case Order.Hold _ -> {
                next.held = Optional.of(new RunEvent.Held(RunEvent.Held.Cause.ORDER, e.reason()));
                next.status = RunStatus.HOLDING;
                next.reason = e.reason();
            }
            case Order.Resume resume -> {
                if (resume.adopt()) {
                    adopt(next);
                }
                freshen(next, at);
                Fold.lift(next, e.reason());
            }
            case Order.Retry _ -> {
                freshen(next, at);
                Fold.lift(next, e.reason());
            }
            case Order.Skip skip -> skip(program, next, skip, e, at);
            case Order.Abort _ -> want(next, e);
            case Order.Rollback rollback -> {
                next.force |= rollback.force();
                next.acceptLoss |= rollback.acceptLoss();
                want(next, e);
            }
            case Order.Ack _, Order.Note _ -> {}
        }
    }

    private static void want(RunState next, RunEvent.OrderAccepted e) {
        next.wanted = Optional.of(e.order());
        next.wantedBy = e.who();
    }

    /** A foreign state becomes the one expected; what the run recorded before its first change stays. */
    private static void adopt(RunState next) {
        next.drift.ifPresent(drift -> {
            Resource resource = Resource.parse(drift.resource());
            Map<String, Image> surveyed = new HashMap<>(next.surveyed);
            surveyed.put(drift.resource(), drift.found());
            next.surveyed = surveyed;
            next.resource(resource).ifPresent(known -> Fold.put(next, resource, known.expecting(drift.found())));
        });
    }

    /** What failed may be tried again, and a soak begins anew; a way back is planned anew from what is there now. */
    private static void freshen(RunState next, Instant at) {
        next.soak = Optional.empty();
        next.forward = freshened(next.forward);
        if (next.rollback.isPresent()) {
            next.back = new HashMap<>(next.back);
            next.back.replaceAll((_, act) -> act.fresh());
            next.route = Optional.empty();
            next.backFreezes = 0;
            next.rollbackAt = at;
        }
    }

    private static Map<String, ActState> freshened(Map<String, ActState> acts) {
        Map<String, ActState> fresh = new HashMap<>();
        acts.forEach((id, act) -> fresh.put(id, act.stage() == Stage.FAILED ? act.fresh() : act));
        return fresh;
    }

    private static void skip(Program program, RunState next, Order.Skip skip, RunEvent.OrderAccepted e, Instant at) {
        for (Act act : program.acts()) {
            if (act.step().equals(skip.step()) && !next.over(act.id())) {
                Fold.change(next, act.id(), Direction.FORWARD, state -> state.moved(Stage.EXCEPTED, at, e.reason()));
            }
        }
        next.exceptions = java.util.stream.Stream.concat(
                        next.exceptions.stream(),
                        java.util.stream.Stream.of(skip.step() + ": skipped by " + e.who() + ", " + e.reason()))
                .toList();
        if (next.held.map(held -> held.cause() == RunEvent.Held.Cause.FAILURE).orElse(false)) {
            Fold.lift(next, e.reason());
        }
    }
}
