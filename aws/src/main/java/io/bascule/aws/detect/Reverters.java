package io.bascule.aws.detect;

import io.bascule.aws.api.Call;
import io.bascule.aws.name.Names;
import io.bascule.core.plan.Settings;
import io.bascule.core.port.Deadline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Tools that would put back what the run changes, by their marks on it and by who wrote it last. Of one thread. */
final class Reverters {
    private final Trail trail;
    private final Deadline deadline;
    private final Looked looked;
    private final Set<String> told = new TreeSet<>();

    Reverters(String name, Settings settings, Trail trail, Deadline deadline) {
        this.trail = trail;
        this.deadline = deadline;
        this.looked = new Looked("reverters " + name, settings);
    }

    Looked looked() {
        return looked;
    }

    /** The tags of something that the run changes, or of what it is part of. */
    void tags(String what, Call<Map<String, String>> call) {
        switch (call) {
            case Call.Answered<Map<String, String>>(var tags) -> {
                looked.saw(tags.size() + " tags of " + what);
                tags.entrySet()
                        .forEach(tag -> Keeper.ofTag(tag)
                                .filter(keeper -> told.add(tag.getKey()))
                                .ifPresent(keeper -> looked.found(
                                        tag.getKey(),
                                        what + " is kept by " + keeper + ", by its tag " + tag.getKey() + "="
                                                + tag.getValue())));
            }
            case Call<Map<String, String>> other -> looked.unknown("tags of " + what, other.why());
        }
    }

    /** Ownership records beside a name: at the name itself, or at the name with a prefix. */
    void ownership(String record, Call<List<ResourceRecordSet>> call) {
        String name = Names.canonical(record);
        switch (call) {
            case Call.Answered<List<ResourceRecordSet>>(var sets) -> {
                looked.saw("TXT records of " + name);
                sets.stream()
                        .filter(set -> set.type() == RRType.TXT && set.name().endsWith(name))
                        .forEach(this::ownership);
            }
            case Call<List<ResourceRecordSet>> other -> looked.unknown("TXT records of " + name, other.why());
        }
    }

    private void ownership(ResourceRecordSet set) {
        for (ResourceRecord each : set.resourceRecords()) {
            Keeper.ofOwnership(each.value())
                    .ifPresent(keeper ->
                            looked.found(set.name(), "the name is kept by " + keeper + ", by its TXT " + set.name()));
        }
    }

    /** Who wrote it last, where the audit trail may be read. */
    void lastWriter(String what, String region, String resource) {
        switch (trail.lastForeign(region, resource, deadline)) {
            case Call.Answered<Optional<Trail.Writer>>(var writer) -> {
                looked.saw("the last month's writes to " + what);
                writer.ifPresent(last -> writer(what, last));
            }
            case Call<Optional<Trail.Writer>> other -> looked.unknown("the last writer of " + what, other.why());
        }
    }

    private void writer(String what, Trail.Writer last) {
        String says = what + " was last written by " + last.user() + " at " + last.at() + " (" + last.event() + ")";
        Optional<String> keeper = Keeper.ofAgent(last.agent()).or(() -> Keeper.ofAgent(last.user()));
        if (keeper.isPresent()) {
            looked.found("writer " + last.user(), says + ", by means of " + keeper.get());
        } else {
            looked.saw(says);
        }
    }
}
