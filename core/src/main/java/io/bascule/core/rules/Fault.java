package io.bascule.core.rules;

/**
 * A plan breaks a rule.
 *
 * @param path what part of the plan, {@code phases.shift[0].stages[1]}; never empty
 * @param message what is wrong, with the plan's own words and numbers
 * @param hint what to do; empty when the rule says it all
 */
public record Fault(Rule rule, String path, String message, String hint) {}
