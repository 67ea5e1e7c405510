package io.bascule.app.term;

import io.bascule.core.run.Entry;
import java.time.Instant;
import java.util.Optional;

/** A run told from its entries, one line each with the time since the first. Not thread-safe. */
public final class Narrator {
    private final Paint paint;
    private final Narration narration;
    private Optional<Instant> begun = Optional.empty();

    public Narrator(Paint paint) {
        this.paint = paint;
        this.narration = new Narration(paint);
    }

    /** Empty for an entry that only the journal needs. */
    public Optional<String> line(Entry entry) {
        Instant start = begun.orElse(entry.at());
        begun = Optional.of(start);
        return narration.line(entry.event()).map(line -> paint.dim(PlainView.clock(start, entry.at())) + "  " + line);
    }
}
