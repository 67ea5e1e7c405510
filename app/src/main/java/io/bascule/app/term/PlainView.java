package io.bascule.app.term;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.run.Entry;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** One line for each change, and a sign of life every ten seconds: for logs and for people without a terminal. */
public final class PlainView implements RunView {
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);
    private final PrintStream out;
    private final Paint paint;
    private final Narrator narrator;
    private Optional<Instant> begun = Optional.empty();
    private Instant last = Instant.now();
    private String waiting = "";

    public PlainView(CutoverPlan plan, PrintStream out, Paint paint) {
        this.out = out;
        this.paint = paint;
        this.narrator = new Narrator(paint);
        out.println(paint.bold(plan.title())
                + paint.dim("  (" + plan.name() + ", " + plan.shape().word() + ", plan "
                        + plan.hash().brief() + ")"));
    }

    @Override
    public void entry(Entry entry) {
        begun = Optional.of(begun.orElse(entry.at()));
        narrator.line(entry).ifPresent(line -> {
            out.println(line);
            out.flush();
            last = Instant.now();
            waiting = entry.event().reason();
        });
    }

    @Override
    public void moment() {
        if (begun.isPresent() && last.plus(SIGN_OF_LIFE).isBefore(Instant.now())) {
            out.printf(
                    Locale.ROOT, "%s  %s%n", paint.dim(clock(begun.get(), Instant.now())), paint.dim("… " + waiting));
            last = Instant.now();
        }
    }

    @Override
    public void end() {
        out.flush();
    }

    static String clock(Instant start, Instant at) {
        long millis = Duration.between(start, at).toMillis();
        return String.format(Locale.ROOT, "%3d:%02d.%d", millis / 60_000, millis / 1000 % 60, millis / 100 % 10);
    }
}
