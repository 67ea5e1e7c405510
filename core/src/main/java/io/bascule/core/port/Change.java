package io.bascule.core.port;

import java.time.Instant;

/**
 * A request to bring a resource from one state to another, as it was journaled before it is made.
 *
 * @param token identifies this attempt to the receiver: {@code run/act/direction/attempt}; the same token twice has
 *     the effect of once
 * @param notAfter the receiver refuses the request after this instant, where it can
 * @param expected the state just observed; a receiver that can compare refuses when its owned fields differ
 * @param wanted the state wanted; its owned fields are the complete set afterwards, its context is empty
 */
public record Change(String token, Instant notAfter, Image expected, Image wanted) {}
