package io.bascule.planfile;

import io.bascule.core.json.Json;
import io.bascule.planfile.table.PlanTable;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The JSON Schema of plan files, for editors; made from the same table of keys that the decoder reads by. */
public final class PlanSchema {
    private PlanSchema() {}

    /** JSON text, indented, of a draft 2020-12 schema. */
    public static String schema() {
        SequencedMap<String, @Nullable Object> schema =
                Json.object("$schema", "https://json-schema.org/draft/2020-12/schema", "title", "A Bascule plan");
        schema.putAll(PlanTable.ROOT.schema());
        return indented(Json.write(schema));
    }

    private static String indented(String json) {
        StringBuilder out = new StringBuilder();
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            boolean escaped = quoted && c == '\\';
            quoted ^= c == '"';
            if (!quoted && (c == '}' || c == ']')) {
                newLine(out, --depth);
            }
            out.append(c);
            if (escaped) {
                out.append(json.charAt(++i));
            } else if (!quoted && (c == '{' || c == '[')) {
                newLine(out, ++depth);
            } else if (!quoted && c == ',') {
                newLine(out, depth);
            } else if (!quoted && c == ':') {
                out.append(' ');
            }
        }
        return out.append('\n').toString();
    }

    private static void newLine(StringBuilder out, int depth) {
        out.append('\n').append("  ".repeat(depth));
    }
}
