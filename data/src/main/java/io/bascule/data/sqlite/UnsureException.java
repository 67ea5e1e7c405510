package io.bascule.data.sqlite;

import java.sql.SQLException;

/** A commit, or an act on a file that counts as one, broke off: it may or may not have taken effect. */
final class UnsureException extends SQLException {
    private static final long serialVersionUID = 1L;

    UnsureException(String why, Throwable cause) {
        super(why, cause);
    }
}
