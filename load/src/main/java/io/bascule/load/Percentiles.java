package io.bascule.load;

/** The customary percentiles of a distribution of times, in milliseconds. */
public record Percentiles(double p50, double p90, double p95, double p99, double p999, double max) {}
