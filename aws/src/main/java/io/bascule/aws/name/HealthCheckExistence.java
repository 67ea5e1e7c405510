package io.bascule.aws.name;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Hash;
import io.bascule.aws.api.OneField;
import io.bascule.core.plan.Entrance;
import io.bascule.core.plan.Settings;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.route53.model.HealthCheck;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * A health check of Route 53, by the field {@code exists}: {@code yes} where there is one as the plan says, {@code no}
 * where there is none of its name, else in what the one that is there differs. It is created and deleted, never edited: what
 * somebody else has made of it is told, and stays. Safe for threads.
 */
public final class HealthCheckExistence extends OneField {
    private static final String EXISTS = "exists";
    /** As often one may be made again in one run: AWS remembers the references of deleted ones for days. */
    private static final int TIMES_MOST = 9;

    private static final int HASH_LETTERS = 12;

    private final String name;
    private final String run;
    private final HealthCheckForm form;
    private final HealthChecks checks;
    private final List<Place> places;

    /** Where a record may carry it. */
    private record Place(Zone zone, String record) {}

    /** @param entrances whose names' records may carry it */
    public HealthCheckExistence(Settings means, List<Entrance> entrances, Clients clients, Calls calls) {
        super(clients, calls, means.need("region"), Set.of(EXISTS));
        this.name = means.need("name");
        this.run = clients.run();
        this.form = HealthCheckForm.of(means);
        this.checks = new HealthChecks(clients, calls, region);
        this.places = entrances.stream()
                .map(Entrance::router)
                .filter(router -> router.adapter().equals("route-53"))
                .map(router -> new Place(
                        new Zone(clients, router.need("region"), router.need("zone"), calls),
                        Names.canonical(router.need("record"))))
                .toList();
    }

    @Override
    protected String fault(Image wanted) {
        return Set.of("yes", "no").contains(wanted.get(EXISTS))
                ? super.fault(wanted)
                : "a health check has the field 'exists': yes or no";
    }

    @Override
    protected Call<Found<Optional<HealthCheck>>> read(Deadline deadline) {
        return checks.find(name, deadline).map(found -> new Found<>(image(found), found));
    }

    private Image image(Optional<HealthCheck> found) {
        if (found.isEmpty()) {
            return Image.of(EXISTS, "no");
        }
        HealthCheck check = found.get();
        String difference = form.difference(check.healthCheckConfig());
        return Image.of(EXISTS, difference.isEmpty() ? "yes" : "otherwise: " + difference)
                .withContext("id", check.id())
                .withContext("version", "" + check.healthCheckVersion());
    }

    @Override
    protected Outcome write(Found<?> found, Image wanted, Deadline deadline) {
        Optional<?> there = (Optional<?>) found.value();
        if (wanted.get(EXISTS).equals("yes")) {
            return there.isEmpty()
                    ? created(deadline)
                    : new Outcome.Refused(
                            "there is a health check " + name + " already, "
                                    + found.image().get(EXISTS),
                            false);
        }
        return deleted(((HealthCheck) there.orElseThrow()).id(), deadline);
    }

    /** The reference of a deleted one is refused, whatever is asked: then the next is taken. */
    private Outcome created(Deadline deadline) {
        for (int time = 1; time <= TIMES_MOST; time++) {
            Call<HealthCheck> call = checks.create(reference(time), form.config(), deadline);
            boolean used = call instanceof Call.Rejected<HealthCheck> rejected
                    && rejected.code().startsWith("HealthCheckAlreadyExists");
            if (!used) {
                return call.outcome(check -> "health check " + check.id());
            }
        }
        return new Outcome.Refused(
                TIMES_MOST + " health checks " + name + " of this run were made and deleted; AWS takes no more of them"
                        + " for some days",
                false);
    }

    /** The same of every attempt of a run, so that a second request makes no second one; at most 64 letters. */
    private String reference(int time) {
        return HealthChecks.prefix(name) + Hash.of(run + " " + form.text()).substring(0, HASH_LETTERS) + ":" + time;
    }

    private Outcome deleted(String id, Deadline deadline) {
        List<String> carry = new ArrayList<>();
        for (Place place : places) {
            Call<List<ResourceRecordSet>> call = place.zone().read(place.record(), deadline);
            if (!(call instanceof Call.Answered<List<ResourceRecordSet>>(var sets))) {
                return new Outcome.Refused(
                        "not sent, for it is not known whether " + place.record() + " carries it: " + call.why(), true);
            }
            sets.stream()
                    .filter(set -> id.equals(set.healthCheckId()))
                    .forEach(set -> carry.add(place.record() + " " + set.typeAsString() + " " + Texts.of(set)));
        }
        return carry.isEmpty()
                ? deletedFree(id, deadline)
                : new Outcome.Refused("not sent, for records carry it, and AWS would not mind: " + carry, true);
    }

    private Outcome deletedFree(String id, Deadline deadline) {
        Call<String> call = checks.delete(id, deadline);
        return call instanceof Call.Rejected<String> rejected && rejected.code().startsWith("NoSuchHealthCheck")
                ? new Outcome.Done("it was gone")
                : call.outcome(_ -> "health check " + id + " deleted");
    }

    @Override
    protected Authority mayChange(Found<?> found, Deadline deadline) {
        return simulated(
                List.of("route53:CreateHealthCheck", "route53:DeleteHealthCheck"),
                "arn:aws:route53:::healthcheck/*",
                deadline);
    }
}
