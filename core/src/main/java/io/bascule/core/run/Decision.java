package io.bascule.core.run;

/** What to do next, and why in one sentence. The reason is the log line. */
public record Decision(Command command, String reason) {}
