package io.bascule.engine;

import io.bascule.core.run.RunId;

/**
 * The right to advance one run. The version rises at every pick, release and revival, so it is the fence: whoever
 * holds an older one can no longer write.
 */
record Lease(RunId run, long version, String pickedBy) {}
