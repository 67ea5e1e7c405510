package io.bascule.app.load;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C, or another signal that ends this process: what is under way is told to stop, and the process waits a while for
 * what there is to be written. For several threads.
 */
public final class Interruption implements AutoCloseable {
    private static final long WAIT_SECONDS = 10;

    private final CountDownLatch written = new CountDownLatch(1);
    private final Thread hook = new Thread(this::heard);
    private @Nullable Runnable stops;
    private boolean happened;

    private Interruption() {}

    /** Listens from here on, until it is closed. */
    public static Interruption listening() {
        var interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** What it stops; at once, if it has happened. */
    public synchronized void stops(Runnable work) {
        stops = work;
        if (happened) {
            work.run();
        }
    }

    public synchronized boolean happened() {
        return happened;
    }

    private void heard() {
        stop();
        try {
            boolean _ = written.await(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void stop() {
        happened = true;
        if (stops != null) {
            stops.run();
        }
    }

    /** Everything is written. */
    @Override
    public void close() {
        written.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending, and the hook has been called
        }
    }
}
