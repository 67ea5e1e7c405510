package io.bascule.aws.numbers;

import io.bascule.aws.api.Call;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.TrafficWindow;
import io.bascule.core.port.TrafficWindow.PerSide;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What passes an entrance, made of CloudWatch's counts. Open connections are told by no metric of a side: a side counts
 * as left once no request came to it. Remembers when the weights last changed. Safe for threads.
 */
public final class Passing {
    private final Numbers numbers;
    private volatile Optional<Seen> last = Optional.empty();

    private record Seen(String weights, Instant at) {}

    public Passing(Numbers numbers) {
        this.numbers = numbers;
    }

    public Numbers numbers() {
        return numbers;
    }

    /** Notes the weights as they were just seen. */
    public void weightsSeen(String weights, Instant now) {
        Optional<Seen> before = last;
        if (before.isEmpty()) {
            last = Optional.of(new Seen(weights, Instant.EPOCH));
        } else if (!before.get().weights().equals(weights)) {
            last = Optional.of(new Seen(weights, now));
        }
    }

    public Span span(Instant from, Instant to) {
        return new Span(from, to, last.map(Seen::at).orElse(Instant.EPOCH));
    }

    /**
     * How the targets of a side stand.
     *
     * @param healthy how many may be given traffic now
     * @param unwell why no more; empty where nobody says
     */
    public record Standing(int healthy, String unwell) {}

    public TrafficWindow.Answer window(Instant from, Instant to, Function<Side, Standing> standing, Deadline deadline) {
        Call<Map<Side, Numbers.Counts>> call = numbers.counts(span(from, to), deadline);
        if (!(call instanceof Call.Answered<Map<Side, Numbers.Counts>>(var counts))) {
            return TrafficWindow.Answer.none("CloudWatch: " + call.why());
        }
        return TrafficWindow.Answer.of(
                new TrafficWindow(side(counts, Side.SOURCE, standing), side(counts, Side.TARGET, standing), 0, 0));
    }

    private static PerSide side(Map<Side, Numbers.Counts> counts, Side side, Function<Side, Standing> standing) {
        Numbers.Counts of = counts.isEmpty()
                ? new Numbers.Counts(java.util.OptionalDouble.empty(), java.util.OptionalDouble.empty())
                : Objects.requireNonNull(counts.get(side));
        Standing stands = standing.apply(side);
        return new PerSide(of.requestsOrNone(), of.failedOrNone(), 0, stands.healthy(), 0, stands.unwell());
    }
}
