package io.bascule.embedded.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A flat configuration text as a list of pieces, each an entry or something else that is kept byte for byte. Immutable;
 * {@link #with} gives a changed copy.
 */
final class FlatText {
    private final FlatFormat format;
    private final List<Piece> pieces;

    private FlatText(FlatFormat format, List<Piece> pieces) {
        this.format = format;
        this.pieces = pieces;
    }

    /**
     * One logical line with its line end.
     *
     * @param key empty when it is no entry
     * @param before the text up to the value, {@code after} from its end on; both empty when it is no entry
     */
    record Piece(String raw, String key, String value, String before, String after) {
        static Piece other(String raw) {
            return new Piece(raw, "", "", "", "");
        }
    }

    static FlatText parse(FlatFormat format, String text) {
        List<Piece> pieces = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = format.endOfLine(text, at);
            pieces.add(format.piece(text.substring(at, end)));
            at = end;
        }
        return new FlatText(format, List.copyOf(pieces));
    }

    /** The value of a key; of a repeated one the last counts. */
    Optional<String> get(String key) {
        return pieces.reversed().stream()
                .filter(piece -> piece.key().equals(key))
                .map(Piece::value)
                .findFirst();
    }

    /** A copy with these keys set and those removed; every other byte is kept. New keys follow one of their kin. */
    FlatText with(Map<String, String> set, List<String> remove) {
        List<Piece> out = new ArrayList<>(pieces);
        out.removeIf(piece -> !piece.key().isEmpty() && remove.contains(piece.key()));
        for (Map.Entry<String, String> entry : new TreeMap<>(set).entrySet()) {
            put(out, entry.getKey(), entry.getValue());
        }
        return new FlatText(format, List.copyOf(out));
    }

    private void put(List<Piece> out, String key, String value) {
        for (int i = out.size() - 1; i >= 0; i--) {
            Piece piece = out.get(i);
            if (piece.key().equals(key)) {
                if (!piece.value().equals(value)) {
                    out.set(i, format.piece(piece.before() + format.encode(value) + piece.after()));
                }
                return;
            }
        }
        add(out, key, value);
    }

    private void add(List<Piece> out, String key, String value) {
        String lineEnd = out.stream().anyMatch(piece -> piece.raw().endsWith("\r\n")) ? "\r\n" : "\n";
        int at = afterKin(out, key);
        if (at > 0 && !out.get(at - 1).raw().endsWith("\n")) {
            Piece last = out.get(at - 1);
            out.set(at - 1, format.piece(last.raw() + lineEnd));
        }
        out.add(at, format.piece(format.entry(key, value) + lineEnd));
    }

    private static int afterKin(List<Piece> out, String key) {
        int dot = Math.max(key.lastIndexOf('.'), key.lastIndexOf('_'));
        String kin = dot > 0 ? key.substring(0, dot) : key;
        for (int i = out.size() - 1; i >= 0; i--) {
            if (out.get(i).key().equals(kin)) {
                return i + 1;
            }
        }
        return out.size();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        pieces.forEach(piece -> text.append(piece.raw()));
        return text.toString();
    }
}
