package io.bascule.embedded.probe;

import io.bascule.core.json.Json;
import io.bascule.core.json.JsonException;
import io.bascule.core.plan.Side;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import io.bascule.embedded.http.HttpAsk;
import io.bascule.embedded.http.HttpCaller;
import io.bascule.embedded.http.HttpCaller.Answered;
import io.bascule.embedded.http.HttpCaller.Call;
import io.bascule.embedded.http.HttpCaller.Lost;
import io.bascule.embedded.http.HttpCaller.NotSent;
import java.net.URI;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One job that exists on both sides: two requests make one change, pauses before resumptions, so that it never runs
 * twice. When the first was made and the second was not, the outcome is {@code Unknown}: an observation tells.
 */
final class SingletonActuator implements Actuator {
    private final Map<Side, URI> jobs = new EnumMap<>(Side.class);
    private final InstantSource clock;

    SingletonActuator(URI source, URI target, InstantSource clock) {
        jobs.put(Side.SOURCE, source);
        jobs.put(Side.TARGET, target);
        this.clock = clock;
    }

    /** One side's job as it tells, or why it did not. */
    private record Told(SequencedMap<String, String> fields, String trouble) {}

    private Call call(String method, Side side, String path, String body, Deadline deadline) {
        URI uri = URI.create(jobs.get(side) + path);
        return HttpCaller.call(method, uri, Map.of(), body, deadline.left(clock.instant()));
    }

    private Told ask(Side side, Deadline deadline) {
        Call call = call("GET", side, "", "", deadline);
        SequencedMap<String, String> fields = new TreeMap<>();
        if (!(call instanceof Answered answered) || answered.status() != 200) {
            return new Told(fields, side.word() + ": " + call.why());
        }
        try {
            HttpAsk.object(answered.body()).forEach((key, value) -> fields.put(key, String.valueOf(value)));
        } catch (JsonException e) {
            return new Told(fields, side.word() + " is not understood: " + e.getMessage());
        }
        return new Told(fields, fields.containsKey("state") ? "" : side.word() + " tells no state");
    }

    @Override
    public Authority authorise(Deadline deadline) {
        return switch (observe(deadline)) {
            case Reading.Seen _ -> new Authority.Granted();
            case Reading.Unseen(String why) -> new Authority.Untold(why);
        };
    }

    @Override
    public Reading observe(Deadline deadline) {
        Told source = ask(Side.SOURCE, deadline);
        Told target = ask(Side.TARGET, deadline);
        for (Told told : List.of(source, target)) {
            if (!told.trouble().isEmpty()) {
                return new Reading.Unseen(told.trouble());
            }
        }
        return new Reading.Seen(image(source.fields(), target.fields()));
    }

    private static Image image(Map<String, String> source, Map<String, String> target) {
        TreeMap<String, String> owned = new TreeMap<>();
        owned.put("source", text(source, "state"));
        owned.put("target", text(target, "state"));
        String until = source.containsKey("until") ? text(source, "until") : text(target, "until");
        if (!until.isEmpty()) {
            owned.put("until", until);
            putElse(owned, Side.SOURCE, source);
            putElse(owned, Side.TARGET, target);
        }
        return new Image(owned, new TreeMap<>())
                .withContext("source-written", text(source, "written"))
                .withContext("target-written", text(target, "written"));
    }

    /** A side without a lease has none: a change that was broken off between the sides shows as half of it. */
    private static void putElse(Map<String, String> owned, Side side, Map<String, String> fields) {
        if (fields.containsKey("until")) {
            owned.put("else-" + side.word(), fields.getOrDefault("else", text(fields, "state")));
        }
    }

    private static String text(Map<String, String> fields, String key) {
        return fields.getOrDefault(key, "");
    }

    /** One side is told after the other. */
    @Override
    public boolean inParts() {
        return true;
    }

    @Override
    public boolean refusesLate() {
        return true;
    }

    @Override
    public Outcome apply(Change change, Deadline deadline) {
        String wrong = problem(change.wanted());
        if (!wrong.isEmpty()) {
            return new Outcome.Refused(wrong, false);
        }
        if (clock.instant().isAfter(change.notAfter())) {
            return new Outcome.Refused("too late: after " + change.notAfter(), false);
        }
        Image is;
        switch (observe(deadline)) {
            case Reading.Seen seen -> is = seen.image();
            case Reading.Unseen(String why) -> {
                return new Outcome.Refused("not asked for, it could not be seen: " + why, true);
            }
        }
        if (is.sameState(change.wanted())) {
            return new Outcome.Done("");
        }
        if (!is.sameState(change.expected())) {
            return new Outcome.Refused(
                    "it is " + is.brief() + ", not " + change.expected().brief(), false);
        }
        return bring(change, is, deadline);
    }

    private static String problem(Image wanted) {
        for (String key : List.of("source", "target")) {
            if (!wanted.get(key).equals("running") && !wanted.get(key).equals("paused")) {
                return key + " is running or paused: " + wanted.get(key);
            }
        }
        boolean both =
                wanted.get("source").equals("running") && wanted.get("target").equals("running");
        return both ? "a singleton runs on one side only" : "";
    }

    private Outcome bring(Change change, Image is, Deadline deadline) {
        boolean sourceFirst = change.wanted().get("source").equals("paused");
        boolean begun = false;
        for (Side side : sourceFirst ? List.of(Side.SOURCE, Side.TARGET) : List.of(Side.TARGET, Side.SOURCE)) {
            Map<String, String> from = one(is, side);
            Map<String, String> to = one(change.wanted(), side);
            if (from.equals(to)) {
                continue;
            }
            Outcome outcome = outcome(ask(change, side, from, to, deadline));
            if (!(outcome instanceof Outcome.Done)) {
                return begun ? new Outcome.Unknown("half done, then " + side.word() + ": " + outcome) : outcome;
            }
            begun = true;
        }
        return new Outcome.Done(change.token());
    }

    /** The part of an image that is one side's, in its own words. */
    private static Map<String, String> one(Image image, Side side) {
        TreeMap<String, String> fields = new TreeMap<>();
        fields.put("state", image.get(side.word()));
        if (image.owned().containsKey("else-" + side.word())) {
            fields.put("until", image.get("until"));
            fields.put("else", image.get("else-" + side.word()));
        }
        return fields;
    }

    private Call ask(Change change, Side side, Map<String, String> from, Map<String, String> to, Deadline deadline) {
        SequencedMap<String, @Nullable Object> body = Json.object("notAfter", change.notAfter(), "expected", from);
        body.putAll(to);
        String page = "paused".equals(to.get("state")) ? "/pause" : "/resume";
        return call("POST", side, page, Json.write(body), deadline);
    }

    private static Outcome outcome(Call call) {
        return switch (call) {
            case NotSent(String why) -> new Outcome.Refused(why, true);
            case Lost(String why) -> new Outcome.Unknown(why);
            case Answered answered ->
                switch (answered.status()) {
                    case 200 -> new Outcome.Done("");
                    case 400, 401, 404, 409, 410 -> new Outcome.Refused(answered.why(), false);
                    default -> new Outcome.Unknown(answered.why());
                };
        };
    }
}
