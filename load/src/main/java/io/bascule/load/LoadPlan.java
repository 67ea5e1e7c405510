package io.bascule.load;

/** What the event loops of one run have in common. */
record LoadPlan(
        LoadProfile profile,
        RequestSource source,
        ResponseListener listener,
        TargetAddress address,
        RunStart start,
        Timeline timeline) {}
