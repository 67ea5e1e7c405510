package io.bascule.aws.detect;

import io.bascule.core.plan.Settings;
import io.bascule.core.port.Detection;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one detector has seen so far, and what follows from it. Of one thread. */
final class Looked {
    private static final String EXCUSE = "excuse.";
    private final String name;
    private final Map<String, String> excuses = new TreeMap<>();
    private final List<String> seen = new ArrayList<>();
    private final List<String> found = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final Map<String, String> excused = new TreeMap<>();

    /** @param settings with the plan's excuses: {@code excuse.ID} and why */
    Looked(String name, Settings settings) {
        this.name = name;
        settings.values().forEach((key, why) -> {
            if (key.startsWith(EXCUSE)) {
                excuses.put(key.substring(EXCUSE.length()), why);
            }
        });
    }

    /** Evidence: what was looked at. */
    void saw(String what) {
        seen.add(what);
    }

    /** Something that must be listed or excused. */
    void found(String id, String says) {
        if (excuses.containsKey(id)) {
            excused.put(id, excuses.getOrDefault(id, ""));
        } else {
            found.add(says + " (excuse it as '" + id + "')");
        }
    }

    /** Something that could not be read, or of which there is no data. */
    void unknown(String what, String why) {
        unknown.add(what + " (" + why + ")");
    }

    Detection detection() {
        TreeMap<String, String> facts = new TreeMap<>();
        facts.put("seen", String.join("; ", seen));
        excused.forEach((id, why) -> facts.put("excused " + id, why));
        return new Detection(name, new Finding(verdict(), facts));
    }

    private Verdict verdict() {
        String looked = (seen.isEmpty() ? "" : "looked at " + String.join(", ", seen))
                + (excused.isEmpty() ? "" : ", " + excused.size() + " excused");
        String blind = unknown.isEmpty() ? "" : "; unknown: " + String.join(", ", unknown);
        if (!found.isEmpty()) {
            return new Verdict.Fail(String.join("; ", found) + blind);
        }
        return unknown.isEmpty()
                ? new Verdict.Pass(looked)
                : new Verdict.Inconclusive(String.join(", ", unknown) + (looked.isEmpty() ? "" : "; " + looked));
    }
}
