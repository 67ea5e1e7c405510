package io.bascule.engine;

import java.time.Instant;
import java.util.Optional;

/**
 * Who attends to a run that is not over. A run that is due for some seconds and held by nobody is watched by nobody.
 *
 * @param worker who ticks it right now; empty between ticks
 * @param due when it is to be ticked next
 * @param heartbeat the last sign of life of the worker
 * @param version the fence; rises at every pick and release
 */
public record Attendance(String worker, Instant due, Optional<Instant> heartbeat, long version) {}
