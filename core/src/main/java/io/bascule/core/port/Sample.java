package io.bascule.core.port;

/** What a metric source answers for one metric, side and window. */
public sealed interface Sample {

    /**
     * @param value a fraction, milliseconds or the gauge's unit
     * @param requests of that side in the window
     */
    record Value(double value, long requests) implements Sample {}

    /**
     * The source answered and has no such series in the window.
     *
     * @param requests of that side in the window
     */
    record Absent(long requests) implements Sample {}

    /** The source could not be asked. */
    record Failed(String why) implements Sample {}
}
