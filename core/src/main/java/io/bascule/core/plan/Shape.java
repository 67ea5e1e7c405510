package io.bascule.core.plan;

import java.util.Locale;

/** The order in which a cutover moves users and data. Each shape has one legal sequence of phases: {@link Sequences}. */
public enum Shape {
    /** The data moves under a freeze, both sides use it, then users move in stages. */
    DATA_FIRST,
    /** Users move while both sides use the source's database; then the data moves under a freeze. */
    WEB_FIRST,
    /** The sides cannot share a database: users and data move together inside one freeze. */
    FLIP,
    /** No data moves. */
    STATELESS,
    /** A follow-up run that removes the source of an earlier run. */
    DECOMMISSION;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public boolean movesData() {
        return this == DATA_FIRST || this == WEB_FIRST || this == FLIP;
    }
}
