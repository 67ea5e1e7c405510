package io.bascule.core.rules;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** "Did you mean": the known word with the fewest edits from what was written, if it is near enough to be meant. */
public final class Nearest {
    private static final int LONGEST = 40;

    private Nearest() {}

    /** The nearest word, at most a third of its letters away. */
    public static Optional<String> to(String written, Collection<String> words) {
        if (written.length() > LONGEST) {
            return Optional.empty();
        }
        return words.stream()
                .filter(word -> distance(written, word) <= Math.max(1, Math.min(written.length(), word.length()) / 3))
                .min(Comparator.comparingInt((String word) -> distance(written, word))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** A hint for people: "did you mean 'window'?", or the words there are, when they are few. */
    public static String hint(String written, Collection<String> words) {
        Optional<String> nearest = to(written, words);
        if (nearest.isPresent()) {
            return "did you mean '" + nearest.get() + "'?";
        }
        return words.isEmpty() || words.size() > 24 ? "" : "known here: " + String.join(", ", words);
    }

    /** Edits (insert, delete, replace, swap neighbours) between two words. */
    static int distance(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int cheapest(int[][] edits, String a, String b, int i, int j) {
        int replace = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replace, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, edits[i - 2][j - 2] + 1) : least;
    }
}
