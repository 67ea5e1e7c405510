package io.bascule.aws.capacity;

import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.OneField;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import java.util.Set;

/**
 * How many there are to be at least of something that scales by itself, by the field {@code least}: a floor under a side
 * that its users are about to leave, so that it is there when they come back. It keeps, and never grows anything: above
 * what there is now it is refused. Safe for threads.
 */
abstract class Least extends OneField {
    private static final String LEAST = "least";

    Least(Clients clients, Calls calls, String region) {
        super(clients, calls, region, Set.of(LEAST));
    }

    @Override
    protected String fault(Image wanted) {
        return wanted.owned().getOrDefault(LEAST, "0").matches("\\d{1,6}")
                ? super.fault(wanted)
                : "the least is a whole number";
    }

    static Image image(int least, int amount, int most) {
        return Image.of(LEAST, "" + least).withContext("amount", "" + amount).withContext("most", "" + most);
    }

    @Override
    protected final Outcome write(Found<?> found, Image wanted, Deadline deadline) {
        int least = Integer.parseInt(wanted.get(LEAST));
        int amount = Integer.parseInt(found.image().context().getOrDefault("amount", "0"));
        return least > amount
                ? new Outcome.Refused("there are " + amount + ": at least " + least + " would add some", false)
                : set(found, least, deadline);
    }

    /** Sets the least, and nothing else. */
    abstract Outcome set(Found<?> found, int least, Deadline deadline);
}
