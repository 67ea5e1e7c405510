package io.bascule.planfile.tree;

/**
 * A file's text as it was read: kept with a run, so that the run's plan can be decoded again.
 *
 * @param name how problems name the file
 */
public record SourceText(String name, String text) {}
