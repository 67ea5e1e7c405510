package io.bascule.core.run;

import java.time.Instant;

/** One event in its place: {@code seq} counts from 1 without gaps. */
public record Entry(long seq, Instant at, RunEvent event) {}
