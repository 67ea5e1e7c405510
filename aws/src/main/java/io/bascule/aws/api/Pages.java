package io.bascule.aws.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists that AWS tells in pages: whole or not at all, for a page that does not come is no shorter list. */
public final class Pages {
    private static final int MOST = 200;

    private Pages() {}

    /**
     * All of them.
     *
     * @param ask for the page that such a marker names; the first has none
     * @param next the marker of the page after; none or empty text after the last
     */
    public static <P, T> Call<List<T>> all(
            Function<Optional<String>, Call<P>> ask, Function<P, List<T>> items, Function<P, @Nullable String> next) {
        List<T> all = new ArrayList<>();
        Set<String> markers = new HashSet<>();
        Optional<String> from = Optional.empty();
        for (int page = 0; page < MOST; page++) {
            Call<P> call = ask.apply(from);
            if (!(call instanceof Call.Answered<P>(P answer))) {
                return call.map(_ -> List.of());
            }
            all.addAll(items.apply(answer));
            String more = next.apply(answer);
            if (more == null || more.isEmpty()) {
                return new Call.Answered<>(List.copyOf(all));
            }
            if (!markers.add(more)) {
                return new Call.Lost<>("the pages repeat");
            }
            from = Optional.of(more);
        }
        return new Call.Lost<>("more than " + MOST + " pages");
    }
}
