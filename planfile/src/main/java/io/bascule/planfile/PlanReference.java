package io.bascule.planfile;

import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.problem.CodeBook;
import io.bascule.planfile.problem.Entry;
import io.bascule.planfile.table.PlanTable;
import java.util.List;
import java.util.Map;

/**
 * The reference page of the plan file, {@code docs/plan-reference.md}; made from the table of keys and codes. Adapters of
 * other modules are left out, so that the page is the same whatever is installed.
 */
public final class PlanReference {
    private PlanReference() {}

    /** The page in Markdown. */
    public static String markdown() {
        StringBuilder out = new StringBuilder("""
                # The plan file: every key

                This page is made from the tables that the decoder reads by; a test fails when it is stale. Names that a
                plan's author chooses stand in capitals. A path such as `entrances.ENTRANCE.(router: front-door)` holds
                the keys that an adapter brings, beside the plan's own keys at that place.

                | value | written |
                |---|---|
                | duration | `10s` `5m` `1h30m` `250ms`, from large to small, always with units |
                | percentage | `10%` `12.5%` |
                | rate | `500/s` `30/min` |
                | bound | `errors <= 1%`, `p95 <= 800ms`, `p95 <= 1.5 x source + 50ms`; inclusive |
                | stage | `10% for 10s` |
                | secret | never itself: `env:NAME`, `file:PATH`, `secrets-manager:ARN` |

                """);
        for (Map.Entry<String, Section> section :
                KeyDocs.sections(KeyDocs::isBuiltIn).entrySet()) {
            section(out, section.getKey(), section.getValue());
        }
        codes(out);
        return out.toString();
    }

    private static void section(StringBuilder out, String path, Section section) {
        out.append("## ").append(path.isEmpty() ? "The plan" : "`" + path + "`").append("\n\n");
        String kind = path.startsWith(KeyDocs.STEPS + ".") ? path.substring(KeyDocs.STEPS.length() + 1) : "";
        if (!kind.isEmpty()) {
            out.append(PlanTable.stepDocs().getOrDefault(kind, "")).append("\n\n");
        }
        if (section.keys().isEmpty()) {
            out.append("No keys.\n\n");
            return;
        }
        out.append("| key | value | default | meaning |\n|---|---|---|---|\n");
        section.keys().stream().filter(KeyDocs::isBuiltIn).forEach(key -> row(out, key));
        for (List<String> group : section.oneOf()) {
            List<String> shown = group.stream()
                    .filter(name -> section.key(name).filter(KeyDocs::isBuiltIn).isPresent())
                    .toList();
            out.append("\nExactly one of: `").append(String.join("`, `", shown)).append("`.\n");
        }
        out.append('\n');
    }

    private static void row(StringBuilder out, Key<?> key) {
        out.append("| `").append(key.name()).append("` | ");
        out.append(cell(key.type().word())).append(" | ");
        out.append(cell(standard(key))).append(" | ");
        out.append(cell(key.doc())).append(" |\n");
    }

    private static String standard(Key<?> key) {
        if (key.isRequired()) {
            return "**required**";
        }
        return key.defaultValue().isPresent()
                ? key.defaultText().map(text -> "`" + text + "`").orElse("")
                : key.defaultText().orElse("");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static void codes(StringBuilder out) {
        out.append("# Problem codes\n\nCodes from BSC-9000 up are warnings; every other code refuses the plan.\n");
        for (Entry entry : CodeBook.all().values()) {
            out.append("\n## ")
                    .append(entry.number())
                    .append(": ")
                    .append(entry.title())
                    .append("\n\n");
            out.append(entry.meaning()).append("\n\n");
            out.append("*What the tool did.* ").append(entry.did()).append("\n\n");
            out.append("*What to do.* ").append(entry.remedy()).append('\n');
        }
    }
}
