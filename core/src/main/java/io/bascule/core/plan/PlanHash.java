package io.bascule.core.plan;

/** SHA-256, in lower-case hexadecimal, of a plan's canonical form: what an approval covers. */
public record PlanHash(String hex) {
    public PlanHash {
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("a plan hash is 64 hexadecimal digits: " + hex);
        }
    }

    /** The first twelve digits, for people. */
    public String brief() {
        return hex.substring(0, 12);
    }
}
