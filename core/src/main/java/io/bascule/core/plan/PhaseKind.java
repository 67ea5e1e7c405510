package io.bascule.core.plan;

import java.util.Locale;

/** The phases of a cutover, in the words of the contract. GO and COMMIT are gates: people decide, nothing is done. */
public enum PhaseKind {
    PREPARE,
    PREFLIGHT,
    VALIDATE,
    GO,
    FREEZE,
    SYNC,
    CONFIGURE,
    SMOKE,
    RELEASE,
    SHIFT,
    BAKE,
    COMMIT,
    DECOMMISSION,
    REVIEW;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isGate() {
        return this == GO || this == COMMIT;
    }
}
