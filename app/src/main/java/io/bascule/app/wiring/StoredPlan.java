package io.bascule.app.wiring;

import io.bascule.core.json.Json;
import io.bascule.core.json.JsonException;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.planfile.Decoded;
import io.bascule.planfile.PlanFile;
import io.bascule.planfile.ReferencedFiles;
import io.bascule.planfile.tree.SourceText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A plan as it lies in the store: the texts people wrote, the resolved form that was approved, the hashes of the files
 * it refers to, and the folder that its paths start from.
 */
public record StoredPlan(CutoverPlan plan, Path folder, SortedMap<String, String> files, String resolved) {

    /** The body to store. */
    public static String body(Decoded.Good good) {
        List<Object> texts = new ArrayList<>();
        good.texts().forEach(text -> texts.add(Json.object("name", text.name(), "text", text.text())));
        return Json.write(Json.object(
                "folder", good.baseDir().toString(),
                "texts", texts,
                "files", good.files(),
                "resolved", good.canonicalJson()));
    }

    /** @throws IllegalStateException when the stored text no longer decodes: this version cannot go on with the run */
    public static StoredPlan read(String body) {
        Map<?, ?> map = (Map<?, ?>) need(Json.parse(body));
        Path folder = Path.of(String.valueOf(map.get("folder")));
        SortedMap<String, String> files = new TreeMap<>();
        ((Map<?, ?>) need(map.get("files"))).forEach((path, hash) -> files.put("" + path, "" + hash));
        List<SourceText> texts = new ArrayList<>();
        ((List<?>) need(map.get("texts"))).forEach(item -> {
            Map<?, ?> text = (Map<?, ?>) item;
            texts.add(new SourceText("" + text.get("name"), "" + text.get("text")));
        });
        Decoded decoded = PlanFile.decode(texts, folder, ReferencedFiles.stored(files));
        if (decoded instanceof Decoded.Good good) {
            return new StoredPlan(good.plan(), folder, files, String.valueOf(map.get("resolved")));
        }
        throw new IllegalStateException("the stored plan cannot be read by this version: " + decoded.told());
    }

    private static Object need(@Nullable Object value) {
        if (value == null) {
            throw new JsonException("the stored plan is incomplete");
        }
        return value;
    }
}
