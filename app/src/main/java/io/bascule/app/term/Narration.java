package io.bascule.app.term;

import io.bascule.core.run.Direction;
import io.bascule.core.run.RunEvent;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run's events in words: shape, what it is about, and its one-sentence reason. */
record Narration(Paint paint) {
    /** One line for what people should hear of an event; empty for what only the journal needs. */
    Optional<String> line(RunEvent event) {
        return Optional.ofNullable(
                switch (event) {
                    case RunEvent.RunStarted e -> "▶ " + e.reason();
                    case RunEvent.OrderAccepted e ->
                        "◆ " + e.who() + ": " + e.order().verb() + ", " + e.reason()
                                + (e.verified() ? "" : paint.dim(" (unverified, " + e.principal() + ")"));
                    case RunEvent.OrderRefused e -> paint.warn("◆ " + e.order().verb() + " refused: " + e.reason());
                    case RunEvent.Surveyed e -> paint.ok("✓ ") + e.act() + ": " + e.reason();
                    case RunEvent.IntentRecorded _, RunEvent.SoakBegun _, RunEvent.RouteChosen _ -> null;
                    case RunEvent.OutcomeRecorded e -> outcome(e);
                    case RunEvent.StepVerified e -> verified(e);
                    case RunEvent.StepFailed e -> paint.warn("▲ ") + e.act() + ": " + e.reason();
                    case RunEvent.DriftFound e -> paint.bad("✗ ") + e.reason();
                    case RunEvent.Measured e -> measured(e);
                    case RunEvent.Judged e -> judged(e);
                    case RunEvent.SoakPassed e -> paint.ok("✓ ") + e.act() + ": " + e.reason();
                    case RunEvent.SteppedBack e -> paint.warn("↓ ") + e.reason();
                    case RunEvent.GateAsked e -> paint.warn("◇ ") + e.reason();
                    case RunEvent.GatePassed e -> paint.ok("◆ ") + e.reason();
                    case RunEvent.GateVoided e -> paint.warn("◇ ") + e.reason();
                    case RunEvent.Held e -> paint.bad("❚❚ holding: ") + e.reason();
                    case RunEvent.HoldLifted e -> "▶ " + e.reason();
                    case RunEvent.WayBackChanged e -> paint.dim("↩ way back " + e.wayBack() + ": " + e.reason());
                    case RunEvent.LeaseExpired e -> paint.warn("▲ ") + e.reason();
                    case RunEvent.RollbackBegun e -> paint.bad("↩ rolling back: ") + e.reason();
                    case RunEvent.StepExcepted e -> paint.warn("▲ left out " + e.step() + ": ") + e.reason();
                    case RunEvent.Ended e -> paint.bold("■ " + e.status()) + ": " + e.reason();
                });
    }

    private @Nullable String outcome(RunEvent.OutcomeRecorded e) {
        return switch (e.answer()) {
            case DONE -> null;
            case REFUSED -> paint.warn("▲ ") + e.act() + " refused: " + e.reason();
            case UNKNOWN -> paint.warn("? ") + e.act() + " in doubt: " + e.reason();
        };
    }

    private String verified(RunEvent.StepVerified e) {
        String way = e.direction() == Direction.BACK ? "↩ " : "";
        return paint.ok("✓ ")
                + way
                + e.act()
                + paint.dim("  " + e.resource() + " " + e.observed().brief());
    }

    private @Nullable String measured(RunEvent.Measured e) {
        return switch (e.verdict()) {
            case "PASS" -> paint.ok("✓ ") + e.act() + ": " + e.reason();
            case "INCONCLUSIVE" -> null;
            default -> paint.warn("▲ ") + e.act() + " " + e.verdict() + ": " + e.reason();
        };
    }

    private @Nullable String judged(RunEvent.Judged e) {
        if (e.act().isEmpty()) {
            return null;
        }
        StringBuilder shares = new StringBuilder();
        e.targetShares()
                .forEach((entrance, share) ->
                        shares.append(String.format(Locale.ROOT, "%s %.1f%% on target, ", entrance, share * 100)));
        String word = e.verdict().equals("PASS") ? paint.ok("  pass ") : paint.warn("  " + e.verdict() + " ");
        return word + shares + e.reason();
    }
}
