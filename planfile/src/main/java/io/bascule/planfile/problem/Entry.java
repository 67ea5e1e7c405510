package io.bascule.planfile.problem;

/**
 * A code's paragraph: what {@code bascule explain} prints.
 *
 * @param number {@code BSC-1101}
 * @param title a few words
 * @param meaning what is wrong
 * @param did what the tool did about it
 * @param remedy what to do
 */
public record Entry(String number, String title, String meaning, String did, String remedy) {
    public boolean isWarning() {
        return CodeBook.isWarning(number);
    }
}
