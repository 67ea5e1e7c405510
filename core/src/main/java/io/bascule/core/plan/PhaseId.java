package io.bascule.core.plan;

/** A phase and which of its occurrences: {@code configure}, {@code configure-2}. Occurrences count from 1. */
public record PhaseId(PhaseKind kind, int occurrence) {
    public PhaseId {
        if (occurrence < 1) {
            throw new IllegalArgumentException("occurrence counts from 1: " + occurrence);
        }
    }

    public static PhaseId of(PhaseKind kind) {
        return new PhaseId(kind, 1);
    }

    public String word() {
        return occurrence == 1 ? kind.word() : kind.word() + "-" + occurrence;
    }

    @Override
    public String toString() {
        return word();
    }
}
