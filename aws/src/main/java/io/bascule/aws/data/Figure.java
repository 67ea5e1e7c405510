package io.bascule.aws.data;

/** What CloudWatch counts of a replication task. Latencies are seconds, the others numbers of changes that wait. */
enum Figure {
    /** From the last change that was captured until now. */
    SOURCE_LATENCY("CDCLatencySource", "sourceLatencySeconds"),
    /** From the first change that waits to be committed until now. */
    TARGET_LATENCY("CDCLatencyTarget", "targetLatencySeconds"),
    INCOMING("CDCIncomingChanges", "incomingChanges"),
    MEMORY("CDCChangesMemoryTarget", "memoryChanges"),
    DISK("CDCChangesDiskTarget", "diskChanges");

    private final String metric;
    private final String fact;

    Figure(String metric, String fact) {
        this.metric = metric;
        this.fact = fact;
    }

    /** CloudWatch's name. */
    String metric() {
        return metric;
    }

    /** Its key among the facts of a finding. */
    String fact() {
        return fact;
    }

    boolean isLatency() {
        return this == SOURCE_LATENCY || this == TARGET_LATENCY;
    }
}
