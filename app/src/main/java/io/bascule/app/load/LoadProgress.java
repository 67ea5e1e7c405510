package io.bascule.app.load;

import io.bascule.load.IntervalSnapshot;
import java.io.PrintStream;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * A load while it runs, on standard error: one line that is drawn anew each second, or one every ten seconds where there is
 * no terminal. For several threads.
 */
public final class LoadProgress {

    /** How it is told. */
    public enum Form {
        REDRAWN,
        LINES,
        SILENT
    }

    private static final int EVERY = 10;

    private final PrintStream err;
    private final Form form;
    private final SequencedMap<String, String> last = new TreeMap<>();
    private final TreeMap<String, Integer> seconds = new TreeMap<>();
    private boolean drawn;

    public LoadProgress(PrintStream err, Form form) {
        this.err = err;
        this.form = form;
    }

    /** One more second of a target. */
    public synchronized void second(String target, IntervalSnapshot second) {
        int count = seconds.merge(target, 1, Integer::sum);
        if (form == Form.SILENT) {
            return;
        }
        String text = text(target, count, second);
        if (form == Form.LINES) {
            if (count % EVERY == 0) {
                err.println(text);
            }
            return;
        }
        last.put(target, text);
        drawn = true;
        err.print("\r\u001b[2K" + String.join("  |  ", last.values()));
        err.flush();
    }

    /** What is done after the load, on a line of its own. */
    public synchronized void say(String text) {
        if (form == Form.LINES) {
            err.println(text);
        } else if (form == Form.REDRAWN) {
            drawn = true;
            err.print("\r\u001b[2K" + text);
            err.flush();
        }
    }

    /** Leaves the drawn line. */
    public synchronized void end() {
        if (drawn) {
            err.println();
            drawn = false;
        }
    }

    static String text(String target, int count, IntervalSnapshot second) {
        Double p50 = second.p50Millis();
        Double p99 = second.p99Millis();
        String times =
                p50 == null || p99 == null ? "no answer" : String.format(Locale.ROOT, "p50 %.1f p99 %.1f ms", p50, p99);
        return String.format(
                Locale.ROOT,
                "%s %d s: %d due, %d ended, %d failed, %s",
                target,
                count,
                second.arrivals(),
                second.requests(),
                second.failed(),
                times);
    }
}
