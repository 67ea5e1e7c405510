package io.bascule.data.sqlite;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One stored value with its storage class, exact: integers by value, reals by their bits, texts and blobs by their
 * bytes. Ordered as SQLite orders values in binary collation.
 */
final class Cell implements Comparable<Cell> {
    private static final byte[] NOTHING = new byte[0];

    private final String type;
    private final long bits;
    private final byte[] bytes;

    private Cell(String type, long bits, byte[] bytes) {
        this.type = type;
        this.bits = bits;
        this.bytes = bytes;
    }

    /** Reads {@code typeof(c), c} from two columns. */
    static Cell read(ResultSet rows, int column) throws SQLException {
        String type = rows.getString(column);
        return switch (type) {
            case "null" -> new Cell(type, 0, NOTHING);
            case "integer" -> new Cell(type, rows.getLong(column + 1), NOTHING);
            case "real" -> new Cell(type, Double.doubleToRawLongBits(rows.getDouble(column + 1)), NOTHING);
            default -> new Cell(type, 0, Objects.requireNonNullElse(rows.getBytes(column + 1), NOTHING));
        };
    }

    private int rank() {
        return switch (type) {
            case "null" -> 0;
            case "integer", "real" -> 1;
            case "text" -> 2;
            default -> 3;
        };
    }

    private BigDecimal number() {
        return type.equals("integer") ? BigDecimal.valueOf(bits) : real();
    }

    private BigDecimal real() {
        double value = Double.longBitsToDouble(bits);
        double finite = Math.clamp(value, -Double.MAX_VALUE, Double.MAX_VALUE);
        BigDecimal exact = new BigDecimal(finite);
        return Double.isInfinite(value) ? exact.multiply(BigDecimal.TEN) : exact;
    }

    @Override
    public int compareTo(Cell other) {
        int byRank = Integer.compare(rank(), other.rank());
        if (byRank != 0 || rank() == 0) {
            return byRank;
        }
        if (rank() > 1) {
            return Arrays.compareUnsigned(bytes, other.bytes);
        }
        return type.equals("integer") && other.type.equals("integer")
                ? Long.compare(bits, other.bits)
                : number().compareTo(other.number());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cell cell
                && type.equals(cell.type)
                && bits == cell.bits
                && Arrays.equals(bytes, cell.bytes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, bits, Arrays.hashCode(bytes));
    }

    /** For people. */
    @Override
    public String toString() {
        return switch (type) {
            case "null" -> "NULL";
            case "integer" -> Long.toString(bits);
            case "real" -> Double.toString(Double.longBitsToDouble(bits));
            case "text" -> new String(bytes, StandardCharsets.UTF_8);
            default -> "x'" + HexFormat.of().formatHex(bytes) + "'";
        };
    }
}
