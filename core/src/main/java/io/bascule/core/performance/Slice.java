package io.bascule.core.performance;

import io.bascule.core.stats.Distribution;

/**
 * A short stretch of a run, usually a second.
 *
 * @param at seconds since the run began
 * @param seconds how long it is
 * @param arrivals requests that became due in it
 * @param requests requests that ended in it, failed ones included
 * @param failed those of them that failed
 * @param millis response times of those that ended, from when each was due
 */
public record Slice(double at, double seconds, long arrivals, long requests, long failed, Distribution millis) {}
