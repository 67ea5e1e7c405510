package io.bascule.aws.name;

import io.bascule.core.port.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * The records of one name as they were read, told apart: of each type the source's, the target's, and siblings of
 * others. Answers the images of the two resources that lie on them, and which records a wanted image asks for. Pure.
 *
 * @param all everything under the name, of every type; what is not ours is kept
 */
record NameRecords(Sides sides, List<ResourceRecordSet> all) {
    /** Of source and target together, where nobody else has a weight: shares in steps of half a point. */
    static final int FULL = 200;
    /** Seconds that an alias to a load balancer lives; nobody can set it. */
    static final int ALIAS_TTL = 60;

    /** There while the target's records carry no health check, and the plan has one for them. */
    private static final String ALONE = "alone";

    private static final String UNCHECKED = "unchecked";

    NameRecords {
        all = List.copyOf(all);
    }

    /** Why these records cannot be moved by weight; empty when they can. */
    Optional<String> fault() {
        for (RRType type : sides.types()) {
            Optional<String> fault = fault(type, of(type));
            if (fault.isPresent()) {
                return fault;
            }
        }
        Optional<ResourceRecordSet> unsaid = all.stream()
                .filter(set -> List.of(RRType.A, RRType.AAAA, RRType.CNAME).contains(set.type()))
                .filter(set -> !sides.types().contains(set.type()))
                .findFirst();
        return unsaid.map(set -> sides.record() + " also has a " + set.type()
                        + " record: the plan must say what it leads to at the target")
                .or(this::disagreement);
    }

    private Optional<String> fault(RRType type, List<ResourceRecordSet> sets) {
        if (sets.isEmpty()) {
            return Optional.of("there is no " + type + " record of " + sides.record());
        }
        if (sets.stream().anyMatch(ZoneRules::isRoutedOtherwise)) {
            return Optional.of(
                    "the " + type + " records of " + sides.record() + " are chosen by something else than weight");
        }
        if (source(type).isEmpty()) {
            return Optional.of("which " + type + " record of " + sides.record()
                    + " is the source's? The plan says it with 'source: { identifier: … }': "
                    + String.join(
                            ", ",
                            sets.stream().map(ResourceRecordSet::setIdentifier).toList()));
        }
        boolean many = source(type)
                .filter(set -> !ZoneRules.isAlias(set) && set.resourceRecords().size() > 1)
                .isPresent();
        return many
                ? Optional.of("the " + type + " record of " + sides.record()
                        + " has several values, and a weighted record has one")
                : Optional.empty();
    }

    /** Types whose records stand differently: nobody's whole change. */
    private Optional<String> disagreement() {
        long forms = sides.types().stream().map(this::form).distinct().count();
        long splits = sides.types().stream().map(this::targetPoints).distinct().count();
        long checked = sides.types().stream().map(this::carriesCheck).distinct().count();
        return forms > 1 || splits > 1 || (sides.check().isPresent() && checked > 1)
                ? Optional.of("the records of " + sides.record() + " differ from type to type: "
                        + sides.types().stream()
                                .map(type -> type + " " + form(type) + " " + targetPoints(type)
                                        + (carriesCheck(type) ? " with a health check" : ""))
                                .toList())
                : Optional.empty();
    }

    List<ResourceRecordSet> of(RRType type) {
        return all.stream().filter(set -> set.type() == type).toList();
    }

    Optional<ResourceRecordSet> source(RRType type) {
        List<ResourceRecordSet> sets = of(type);
        if (sets.size() == 1 && sets.getFirst().setIdentifier() == null) {
            return Optional.of(sets.getFirst());
        }
        List<ResourceRecordSet> others =
                sets.stream().filter(set -> !is(set, sides.targetId())).toList();
        Optional<ResourceRecordSet> named =
                others.stream().filter(set -> is(set, sides.sourceId())).findFirst();
        return named.isPresent() || sides.sourceNamed() || others.size() != 1 ? named : Optional.of(others.getFirst());
    }

    Optional<ResourceRecordSet> target(RRType type) {
        return of(type).stream().filter(set -> is(set, sides.targetId())).findFirst();
    }

    private static boolean is(ResourceRecordSet set, String id) {
        return id.equals(set.setIdentifier());
    }

    private String form(RRType type) {
        if (of(type).stream().allMatch(set -> set.setIdentifier() == null)) {
            return "simple";
        }
        return target(type).isPresent() ? "weighted" : "alone";
    }

    String form() {
        return form(sides.types().getFirst());
    }

    /** Seconds; the longest of all types. */
    long ttl() {
        return sides.types().stream()
                .flatMap(type -> source(type).stream())
                .mapToLong(set -> ZoneRules.isAlias(set) ? ALIAS_TTL : set.ttl())
                .max()
                .orElse(0);
    }

    private long targetPoints(RRType type) {
        long source = weight(source(type));
        long target = weight(target(type));
        return source + target == 0 ? -1 : form(type).equals("weighted") ? target * 10_000 / (source + target) : 0;
    }

    private static long weight(Optional<ResourceRecordSet> set) {
        return set.map(each -> each.weight() == null ? FULL : each.weight()).orElse(0L);
    }

    private boolean carriesCheck(RRType type) {
        return target(type).filter(set -> set.healthCheckId() != null).isPresent();
    }

    /** Whether the target's records are still to be given the plan's health check. */
    private boolean alone() {
        return sides.check().isPresent() && !carriesCheck(sides.types().getFirst());
    }

    /** Whether these weights give the target's records the health check. */
    boolean attaches(Image wanted) {
        return alone() && !wanted.owned().containsKey(ALONE);
    }

    /** The {@code TRAFFIC} image. */
    Image traffic() {
        long target = targetPoints(sides.types().getFirst());
        String source = "" + (10_000 - target);
        return context(
                alone()
                        ? Image.of("source", source, "target", "" + target, ALONE, UNCHECKED)
                        : Image.of("source", source, "target", "" + target));
    }

    /** The {@code DNS} image. */
    Image preparation() {
        return context(Image.of("ttl", "" + ttl(), "form", form()));
    }

    private Image context(Image image) {
        TreeMap<String, String> context = new TreeMap<>();
        for (ResourceRecordSet set : all) {
            String id = set.setIdentifier() == null ? "" : " " + set.setIdentifier();
            context.put("record." + set.typeAsString() + id, Texts.of(set));
        }
        return new Image(image.owned(), context);
    }

    /** The records after the weights are so, or why they cannot be. */
    Plan weights(Image wanted) {
        return weights(wanted, Optional.empty());
    }

    /** @param check the health check to be carried where the weights attach it, by AWS's id */
    Plan weights(Image wanted, Optional<String> check) {
        long target = number(wanted.get("target"));
        boolean detaches = wanted.owned().containsKey(ALONE);
        boolean complete = wanted.owned().keySet().containsAll(List.of("source", "target"))
                && wanted.owned().size() == (detaches ? 3 : 2);
        if (target < 0 || number(wanted.get("source")) != 10_000 - target || !complete) {
            return Plan.no("weights are source and target in basis points, 10000 together");
        }
        if (detaches
                && (target != 0 || sides.check().isEmpty() || !wanted.get(ALONE).equals(UNCHECKED))) {
            return Plan.no("only at 100% source do the target's records carry no health check");
        }
        if (attaches(wanted) && check.isEmpty()) {
            return Plan.no("the target's records carry no health check");
        }
        if (!form().equals("weighted")) {
            return Plan.no(sides.record()
                    + " has no weighted records of both sides yet: PREPARE makes them, by 'prepare-dns'");
        }
        List<ResourceRecordSet> after = new ArrayList<>(all);
        for (RRType type : sides.types()) {
            long full = weight(source(type)) + weight(target(type));
            if (target * full % 10_000 != 0) {
                return Plan.no("the weights of source and target add up to " + full + ", which " + target / 100.0
                        + "% cannot be said in");
            }
            long part = target * full / 10_000;
            swap(after, source(type).orElseThrow(), b -> b.weight(full - part));
            swap(after, target(type).orElseThrow(), b -> checked(b.weight(part), detaches, check));
        }
        return Plan.of(after);
    }

    private static ResourceRecordSet.Builder checked(
            ResourceRecordSet.Builder target, boolean detaches, Optional<String> check) {
        return detaches
                ? target.healthCheckId(null)
                : check.map(target::healthCheckId).orElse(target);
    }

    private static long number(String text) {
        return text.matches("\\d{1,5}") ? Long.parseLong(text) : -1;
    }

    private interface Edit {
        ResourceRecordSet.Builder on(ResourceRecordSet.Builder builder);
    }

    private static void swap(List<ResourceRecordSet> sets, ResourceRecordSet old, Edit edit) {
        sets.set(sets.indexOf(old), edit.on(old.toBuilder()).build());
    }

    /** The records after time to live and form are so, at the share that they have. */
    Plan prepared(Image wanted) {
        long seconds = number(wanted.get("ttl"));
        String form = wanted.get("form");
        if (seconds < 0
                || wanted.owned().size() != 2
                || !List.of("simple", "weighted", "alone").contains(form)) {
            return Plan.no("a name has a ttl in seconds and a form: simple, weighted or alone");
        }
        if (targetPoints(sides.types().getFirst()) != 0 && !form.equals(form())) {
            return Plan.no("users are on the target's records: the form changes at 100% source only");
        }
        List<ResourceRecordSet> after = new ArrayList<>(all);
        for (RRType type : sides.types()) {
            Optional<String> no = prepared(after, type, form);
            if (no.isPresent()) {
                return Plan.no(no.get());
            }
            for (ResourceRecordSet set : List.copyOf(after)) {
                if (set.type() == type && !ZoneRules.isAlias(set)) {
                    swap(after, set, b -> b.ttl(seconds));
                }
            }
        }
        boolean onlyAliases = sides.types().stream()
                .allMatch(type -> source(type).map(ZoneRules::isAlias).orElse(false));
        if (onlyAliases && seconds != ALIAS_TTL) {
            return Plan.no("an alias has the time to live of what it leads to, " + ALIAS_TTL + " s: write 'ttl: 1m'");
        }
        return Plan.of(after);
    }

    private Optional<String> prepared(List<ResourceRecordSet> after, RRType type, String form) {
        ResourceRecordSet source = source(type).orElseThrow();
        String now = form(type);
        if (now.equals(form)) {
            return Optional.empty();
        }
        if (form.equals("simple") && of(type).size() > target(type).stream().count() + 1) {
            return Optional.of("others have weighted records of " + sides.record() + " too");
        }
        if ((form.equals("alone") && now.equals("simple"))) {
            return Optional.of("a simple record does not become a weighted one by itself");
        }
        target(type).ifPresent(after::remove);
        switch (form) {
            case "weighted" -> {
                if (now.equals("simple")) {
                    swap(after, source, b -> b.setIdentifier(sides.sourceId()).weight((long) FULL));
                }
                after.add(targetOf(type, source));
            }
            case "simple" -> swap(after, source, b -> b.setIdentifier(null).weight(null));
            default -> {}
        }
        return Optional.empty();
    }

    private ResourceRecordSet targetOf(RRType type, ResourceRecordSet source) {
        ResourceRecordSet wanted = Objects.requireNonNull(sides.target().get(type));
        return wanted.toBuilder()
                .name(source.name())
                .setIdentifier(sides.targetId())
                .weight(0L)
                .ttl(
                        ZoneRules.isAlias(wanted)
                                ? null
                                : ZoneRules.isAlias(source) ? (Long) (long) ALIAS_TTL : source.ttl())
                .build();
    }

    /** The records wanted, or why they cannot be. */
    record Plan(List<ResourceRecordSet> after, String no) {
        static Plan of(List<ResourceRecordSet> after) {
            List<String> faults = ZoneRules.faults(after);
            return new Plan(List.copyOf(after), String.join("; ", faults));
        }

        static Plan no(String why) {
            return new Plan(List.of(), why);
        }
    }
}
