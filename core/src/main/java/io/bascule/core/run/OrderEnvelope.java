package io.bascule.core.run;

/**
 * An order as it lies in the inbox.
 *
 * @param id rises within the store
 * @param who the person it claims to be from, by the plan's name
 * @param principal who it came from as the system knows: {@code os:ana@host}, {@code web:ana}
 */
public record OrderEnvelope(long id, Order order, String who, String principal, String reason) {}
