package io.bascule.core.run;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.port.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The way home as people would walk it by hand, for the night on which nothing else works: what a roll-back would do from
 * here, in its order, a line each. Pure.
 */
public final class WayHome {
    private WayHome() {}

    /** Empty where nothing has been changed. Values are those that were recorded; secrets are in none of them. */
    public static List<String> byHand(CutoverPlan plan, RunState state) {
        if (state.resources.isEmpty()) {
            return List.of();
        }
        RunState from = new RunState(state);
        from.routeFrozen = Backward.nothingWritable(from);
        from.routeUsersAtTarget = Backward.usersAtTarget(from);
        Route route = Homeward.targetTookWrites(plan, from) ? Route.HOME : Route.DISARM;
        List<String> lines = new ArrayList<>();
        for (Act act : new Backward(plan, from).acts(route)) {
            lines.add(line(from, act));
        }
        return lines;
    }

    private static String line(RunState state, Act act) {
        return switch (act) {
            case Act.Alter alter -> set(state, alter);
            case Act.Ask ask -> "find out " + ask.question().words() + "; if not, stop here";
            case Act.Soak _, Act.Await _ -> act.id();
        };
    }

    private static String set(RunState state, Act.Alter alter) {
        Image wanted = new Image(alter.fields(), new TreeMap<>());
        boolean already = state.resource(alter.resource())
                .map(known -> known.observed().sameState(wanted))
                .orElse(false);
        return "set " + alter.resource() + " to " + wanted.brief() + (already ? " (it is so now)" : "");
    }
}
