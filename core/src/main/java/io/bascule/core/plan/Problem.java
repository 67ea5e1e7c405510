package io.bascule.core.plan;

/**
 * A fault in what someone wrote. All of a file's problems are told at once.
 *
 * @param code stable, {@code BSC-1203}; explained by {@code bascule explain}
 * @param line counted from 1; 0 when the fault has no place
 * @param column counted from 1
 * @param message the offending text and what was expected
 * @param hint what to do, or "did you mean"; empty when there is nothing to add
 */
public record Problem(String code, String file, int line, int column, String message, String hint) {}
