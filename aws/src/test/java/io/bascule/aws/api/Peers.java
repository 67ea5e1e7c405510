package io.bascule.aws.api;

import io.bascule.core.port.Deadline;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The servers that {@code with-aws} has started, for tests tagged {@code server}. */
public final class Peers {
    public static final String REGION = "eu-central-1";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private Peers() {}

    public static URI moto() {
        return at("BASCULE_TEST_MOTO");
    }

    public static URI ministack() {
        return at("BASCULE_TEST_MINISTACK");
    }

    private static URI at(String variable) {
        return URI.create(Optional.ofNullable(System.getenv(variable))
                .orElseThrow(() ->
                        new IllegalStateException(variable + " is not set: run through aws/src/test/sh/with-aws")));
    }

    public static Calls calls() {
        return new Calls(InstantSource.system());
    }

    /** Time enough for a server on a busy machine. */
    public static Deadline soon() {
        return Deadline.after(Instant.now(), Duration.ofSeconds(20));
    }

    /** A name that no other test has. */
    public static String fresh(String word) {
        return word + "-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    }
}
