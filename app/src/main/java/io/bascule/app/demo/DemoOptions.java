package io.bascule.app.demo;

import io.bascule.app.world.WorldOptions;
import java.util.Optional;

/**
 * What the user asked of a demo.
 *
 * @param ask whether gates are left to people
 * @param port 0: any free ones
 */
public record DemoOptions(boolean fast, Optional<WorldOptions.Fault> fault, boolean ask, int port) {}
