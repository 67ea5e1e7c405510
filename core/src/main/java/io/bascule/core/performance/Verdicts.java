package io.bascule.core.performance;

import io.bascule.core.port.Verdict;

/** Verdicts in order of what they stop. */
public final class Verdicts {
    private Verdicts() {}

    /** ERROR before FAIL before NO_DATA before INCONCLUSIVE before PASS: of two, the one that is told. */
    public static Verdict worse(Verdict one, Verdict other) {
        return rank(other) > rank(one) ? other : one;
    }

    static int rank(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Pass _ -> 0;
            case Verdict.Inconclusive _ -> 1;
            case Verdict.NoData _ -> 2;
            case Verdict.Fail _ -> 3;
            case Verdict.Errored _ -> 4;
        };
    }
}
