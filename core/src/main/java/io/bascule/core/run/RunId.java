package io.bascule.core.run;

/** Names one run: lower-case letters, digits and hyphens, at most 60. */
public record RunId(String text) {
    public RunId {
        if (!text.matches("[a-z0-9][a-z0-9-]{0,59}")) {
            throw new IllegalArgumentException("a run id is lower-case letters, digits and hyphens: " + text);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
