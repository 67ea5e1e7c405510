package io.bascule.engine;

import io.bascule.core.run.Entry;
import io.bascule.core.run.RunId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries entries from the ticks to the listeners: ticks only enqueue, one thread tells. */
final class EntryFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EntryFeed.class);

    private final List<EntryListener> listeners = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final Thread teller =
            Thread.ofPlatform().daemon().name("bascule-listeners").unstarted(this::tell);
    private volatile boolean closed;

    void add(EntryListener listener) {
        listeners.add(listener);
    }

    void start() {
        teller.start();
    }

    void appended(RunId run, Entry entry) {
        if (!listeners.isEmpty()) {
            queue.add(() -> listeners.forEach(listener -> tell(listener, run, entry)));
        }
    }

    /** After return, all that was appended before has been told, or the patience is over. */
    void drain(Duration patience) throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        queue.add(told::countDown);
        if (!told.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("a listener is {} behind", patience);
        }
    }

    private void tell() {
        while (!closed) {
            try {
                queue.take().run();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void tell(EntryListener listener, RunId run, Entry entry) {
        try {
            listener.appended(run, entry);
        } catch (RuntimeException e) {
            LOG.warn("a listener failed at entry {} of {}", entry.seq(), run, Redacted.trace(e));
        }
    }

    @Override
    public void close() {
        closed = true;
        teller.interrupt();
    }
}
