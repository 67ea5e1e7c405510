package io.bascule.engine;

/**
 * An order lies in the inbox.
 *
 * @param id its number in the store
 * @param heard whether a run is there to hear it; false when the run is over
 */
public record OrderReceipt(long id, boolean heard) {}
