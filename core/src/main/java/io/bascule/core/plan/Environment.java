package io.bascule.core.plan;

/**
 * One side's application as it is reached directly, past every entrance.
 *
 * @param http base address, without a trailing slash
 * @param health path that answers 2xx when the application can serve
 */
public record Environment(Side side, String http, String health) {}
