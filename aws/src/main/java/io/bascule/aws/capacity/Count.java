package io.bascule.aws.capacity;

import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.OneField;
import io.bascule.core.port.Image;
import java.util.Set;

/** How many there are to be of something, by the field {@code amount}. Safe for threads. */
abstract class Count extends OneField {
    private static final String AMOUNT = "amount";

    Count(Clients clients, Calls calls, String region) {
        super(clients, calls, region, Set.of(AMOUNT));
    }

    @Override
    protected String fault(Image wanted) {
        return wanted.get(AMOUNT).matches("\\d{1,6}") ? super.fault(wanted) : "an amount is a whole number";
    }

    static int amount(Image wanted) {
        return Integer.parseInt(wanted.get(AMOUNT));
    }
}
