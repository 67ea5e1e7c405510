package io.bascule.core.port;

/**
 * What a platform found before anything was changed that would spoil a cutover, or undo it behind its back. PASS: it
 * looked, and nothing is there that the plan does not list or excuse. FAIL: something is. Everything else is not known,
 * which is shown and never a pass.
 *
 * @param name what was looked for, and where: {@code references web}
 */
public record Detection(String name, Finding finding) {

    public boolean failed() {
        return finding.verdict() instanceof Verdict.Fail;
    }

    /** {@code PASS}, {@code FAIL} or {@code unknown}, with the reason. */
    public String words() {
        Verdict verdict = finding.verdict();
        return (verdict.passed() || failed() ? verdict.word() : "unknown") + ": " + verdict.reason();
    }
}
