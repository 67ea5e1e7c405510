package io.bascule.load;

/**
 * What the event loops of one run have in common.
 *
 * @param start when arrivals begin, warm-up included
 * @param measured when what is measured begins
 */
record LoadPlan(
        LoadProfile profile,
        RequestSource source,
        ResponseListener listener,
        TargetAddress address,
        Pipeline pipeline,
        RunStart start,
        RunStart measured,
        Timeline timeline) {}
