package io.bascule.core.run;

import io.bascule.core.port.Adapters;

/** Everything a tick touches outside: the durable engine and the simulator each bring their own. */
public record Surroundings(Journal journal, Inbox inbox, Adapters adapters, RunClock clock, Guard guard) {}
