package io.bascule.app.world;

import java.util.Optional;

/**
 * What a world is like.
 *
 * @param port of the front door; control, source and target follow it as in the plan file's 8080, 8079, 8081, 8082; 0:
 *     any free ports
 * @param users whether users are on it
 * @param fault what goes wrong with the target once it has half of the traffic
 * @param attended whether it ends five minutes after its orchestrator
 */
public record WorldOptions(int port, boolean users, Optional<Fault> fault, boolean attended) {
    public enum Fault {
        SLOW,
        ERRORS
    }
}
