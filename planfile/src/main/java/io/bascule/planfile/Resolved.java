package io.bascule.planfile;

import io.bascule.core.json.Json;
import io.bascule.core.json.RecordJson;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.PlanHash;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.SequencedMap;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The resolved form of a plan: everything that an approval covers, as canonical JSON, and its hash. */
final class Resolved {
    /** Part of every hash, so that an approval does not outlive the tool that it was given for. */
    static final String TOOL_VERSION = "0.1.0";

    private static final int FORMAT = 1;

    private Resolved() {}

    static String json(CutoverPlan plan, SortedMap<String, String> files) {
        SequencedMap<String, @Nullable Object> body = RecordJson.toMap(plan);
        body.remove("hash");
        return Json.canonical(Json.object("bascule", FORMAT, "tool", TOOL_VERSION, "files", files, "plan", body));
    }

    static PlanHash hash(String json) {
        byte[] digest = ReferencedFiles.digest().digest(json.getBytes(StandardCharsets.UTF_8));
        return new PlanHash(HexFormat.of().formatHex(digest));
    }

    static CutoverPlan hashed(CutoverPlan plan, PlanHash hash) {
        return new CutoverPlan(
                plan.name(),
                plan.title(),
                plan.shape(),
                plan.window(),
                plan.people(),
                plan.environments(),
                plan.entrances(),
                plan.datasets(),
                plan.writers(),
                plan.metrics(),
                plan.judgement(),
                plan.phases(),
                plan.tell(),
                plan.follows(),
                hash);
    }
}
