package io.bascule.engine;

import java.util.List;

/**
 * What walking a run's hash chain found.
 *
 * @param intact every entry is the one that was written, none is missing before the head
 * @param entries how many good entries stand before the first broken place
 * @param head the hash of the last good entry; the plan's hash when there is none
 * @param brokenAt the first broken place; 0 when intact
 * @param what what is wrong there, for people; empty when intact
 */
public record ChainReport(boolean intact, long entries, String head, long brokenAt, String what) {

    static ChainReport walk(String planHash, String run, List<JournalRow> rows) {
        String previous = planHash;
        long seq = 0;
        for (JournalRow row : rows) {
            if (row.seq() != seq + 1) {
                return broken(seq, previous, "entry " + (seq + 1) + " is missing");
            }
            if (!HashChain.link(previous, run, row).equals(row.hash())) {
                return broken(seq, previous, "entry " + row.seq() + " (" + row.type() + ") is not the one written");
            }
            if (!row.columnsAgree()) {
                return broken(seq, previous, "entry " + row.seq() + " does not say what its columns say");
            }
            previous = row.hash();
            seq++;
        }
        return seq == 0 ? broken(0, previous, "the journal is empty") : new ChainReport(true, seq, previous, 0, "");
    }

    static ChainReport broken(long good, String head, String what) {
        return new ChainReport(false, good, head, good + 1, what);
    }
}
