package io.bascule.app.command;

import io.bascule.app.term.JsonView;
import io.bascule.app.term.PlainView;
import io.bascule.app.term.QuietView;
import io.bascule.app.term.RunView;
import io.bascule.app.term.TtyView;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.run.RunId;

/** The view for the way a command talks. */
final class Views {
    private Views() {}

    static RunView of(Common common, CutoverPlan plan, RunId run) {
        return switch (common.mode()) {
            case JSON -> {
                common.jsonVersion();
                yield new JsonView(plan, run, common.out());
            }
            case TTY, AUTO -> new TtyView(plan, common.err(), common.paint());
            case PLAIN -> new PlainView(plan, common.err(), common.paint());
            case QUIET -> new QuietView();
        };
    }
}
