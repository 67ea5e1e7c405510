package io.bascule.core.performance;

/** How much was asked of a target while it was measured. Figures at different loads do not compare. */
public sealed interface OfferedLoad {
    /** Two rates this close are one load. */
    double SAME = 0.05;

    /** In words. */
    String text();

    /** Requests arrive on a schedule, whatever the target does. */
    record Open(double perSecond) implements OfferedLoad {
        @Override
        public String text() {
            return Unit.plain(perSecond) + "/s, an open model";
        }
    }

    /** Each of so many users waits for an answer before the next request: a slower target is asked less. */
    record Closed(int users) implements OfferedLoad {
        @Override
        public String text() {
            return users + " users, a closed model";
        }
    }

    /** Nobody said. */
    record Unsaid() implements OfferedLoad {
        @Override
        public String text() {
            return "not said";
        }
    }

    /** Whether figures under the two loads can be compared; throughputs stand in for a load that nobody said. */
    static boolean same(Measured one, Measured other) {
        return switch (one.load()) {
            case Closed closed ->
                (other.load() instanceof Closed that && that.users() == closed.users())
                        || (other.load() instanceof Unsaid && near(one, other));
            case Open open ->
                other.load() instanceof Open that
                        ? near(open.perSecond(), that.perSecond())
                        : (other.load() instanceof Unsaid && near(one, other));
            case Unsaid _ -> other.load() instanceof Unsaid ? near(one, other) : same(other, one);
        };
    }

    private static boolean near(Measured one, Measured other) {
        Double first = carried(one);
        Double second = carried(other);
        return first == null || second == null || near(first, second);
    }

    private static @org.jspecify.annotations.Nullable Double carried(Measured of) {
        return of.load() instanceof Open open
                ? (Double) open.perSecond()
                : of.figures().get("throughput");
    }

    private static boolean near(double one, double other) {
        return Math.abs(one - other) <= SAME * Math.max(one, other);
    }
}
