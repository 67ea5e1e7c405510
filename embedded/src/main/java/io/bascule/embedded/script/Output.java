package io.bascule.embedded.script;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What a program says: its first 32 KiB are kept, the rest is read and counted, so that it never blocks on us. */
final class Output {
    private static final Duration LAST_WORDS = Duration.ofMillis(300);

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Thread reader;
    private long dropped;

    private Output(InputStream from) {
        reader = Thread.ofVirtual().unstarted(() -> read(from));
    }

    static Output of(InputStream from) {
        Output output = new Output(from);
        output.reader.start();
        return output;
    }

    private void read(InputStream from) {
        byte[] buffer = new byte[8192];
        try (from) {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                keep(buffer, n);
            }
        } catch (IOException _) {
            // killed while it spoke: what was said is kept
        }
    }

    private synchronized void keep(byte[] buffer, int n) {
        int room = Math.min(n, GuardedProcess.OUTPUT_BYTES_MAX - kept.size());
        kept.write(buffer, 0, room);
        dropped += n - room;
    }

    /** What was said so far; waits a moment for the last words. */
    String text() {
        boolean interrupted = Thread.interrupted();
        try {
            boolean _ = reader.join(LAST_WORDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            String text = kept.toString(StandardCharsets.UTF_8);
            return dropped == 0 ? text : text + "\n… and " + dropped + " bytes more";
        }
    }
}
