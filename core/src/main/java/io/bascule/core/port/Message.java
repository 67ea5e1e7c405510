package io.bascule.core.port;

/**
 * Something people are told. Every number in it was measured by the run.
 *
 * @param key the same for every attempt to deliver the same message to the same recipient
 * @param why the reason this recipient gets it
 */
public record Message(String key, String audience, String recipient, String subject, String body, String why) {}
