package io.bascule.aws.api;

import io.bascule.testkit.ActuatorConformance;

/** An actuator on a server: AWS remembers no token of a change, so who asks twice is answered by what is there. */
public abstract class PeerActuatorConformance extends ActuatorConformance {
    @Override
    protected final boolean remembersTokens() {
        return false;
    }
}
