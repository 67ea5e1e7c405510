package io.bascule.core.run;

import java.time.Instant;

/** The freeze under way: everything leased in it ends at {@code until} by itself. */
public record Freeze(Instant until, Direction direction) {}
