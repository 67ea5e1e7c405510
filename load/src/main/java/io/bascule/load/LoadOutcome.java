package io.bascule.load;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A finished load: one or several targets on one schedule. {@code load.file.ResultFile} writes and reads it.
 *
 * @param startedAt when the first measured request was due
 * @param model how requests became due
 * @param profile what was asked for, in words
 * @param targets one for each, in the profile's order; at least one
 */
public record LoadOutcome(Instant startedAt, Model model, String profile, List<TargetOutcome> targets) {

    /** How requests become due. */
    public enum Model {
        /** By the clock, whatever the target does: what users do. */
        OPEN,
        /** When the one before it is answered: a slow target is spared, and its latency looks better than users see it. */
        CLOSED
    }

    /** Copies the targets. */
    public LoadOutcome {
        targets = List.copyOf(targets);
    }

    /** The target of that name. */
    public Optional<TargetOutcome> target(String name) {
        return targets.stream().filter(target -> target.name().equals(name)).findFirst();
    }

    /**
     * Both as one: parts of one load by several generators. Exact, and in any order the same. Throws
     * {@link IllegalArgumentException} if they are not parts of one load.
     */
    public LoadOutcome add(LoadOutcome other) {
        List<String> names = targets.stream().map(TargetOutcome::name).toList();
        if (model != other.model
                || !profile.equals(other.profile)
                || !names.equals(other.targets.stream().map(TargetOutcome::name).toList())) {
            throw new IllegalArgumentException("results of different loads: " + profile + ", " + other.profile);
        }
        List<TargetOutcome> sums = names.stream()
                .map(each -> target(each).orElseThrow().add(other.target(each).orElseThrow()))
                .toList();
        return new LoadOutcome(startedAt.isBefore(other.startedAt) ? startedAt : other.startedAt, model, profile, sums);
    }
}
