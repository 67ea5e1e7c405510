package io.bascule.planfile.problem;

/**
 * A place in a file. Columns count code points.
 *
 * @param line counted from 1; 0 when the place is the whole file
 * @param column counted from 1
 */
public record At(String file, int line, int column) {
    public static At whole(String file) {
        return new At(file, 0, 0);
    }

    /** The place so many columns to the right on the same line. */
    public At right(int columns) {
        return new At(file, line, column + columns);
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
