package io.bascule.core.sim;

import io.bascule.core.plan.CutoverPlan;
import java.util.SplittableRandom;

/** Draws faults of every kind from a seed. */
final class Lottery {
    private final Trial trial;
    private final SplittableRandom random;
    private final CutoverPlan plan;

    Lottery(Trial trial, SplittableRandom random, CutoverPlan plan) {
        this.trial = trial;
        this.random = random;
        this.plan = plan;
    }

    void draw() {
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            trial.name("todo " + plan.name() + random.nextInt(3));
        }
    }
}
