package io.bascule.app.report;

/** The tables, headings and lists of our own Markdown as HTML: the small part of it that {@link MarkdownReport} writes. */
final class MarkdownTables {
    private MarkdownTables() {}

    /** Everything from the first second-level heading on. */
    static String html(String markdown) {
        StringBuilder out = new StringBuilder();
        boolean table = false;
        boolean begun = false;
        for (String line : markdown.lines().toList()) {
            begun |= line.startsWith("## ");
            if (!begun || line.startsWith("|---")) {
                continue;
            }
            if (table && !line.startsWith("|")) {
                out.append("</table>");
                table = false;
            }
            if (line.startsWith("## ")) {
                out.append("<h2>").append(Texts.escaped(line.substring(3))).append("</h2>");
            } else if (line.startsWith("|")) {
                out.append(table ? "" : "<table>").append(row(line, table ? "td" : "th"));
                table = true;
            } else if (line.startsWith("- ")) {
                out.append("<p>").append(Texts.escaped(line.substring(2))).append("</p>");
            }
        }
        return table ? out.append("</table>").toString() : out.toString();
    }

    private static String row(String line, String cell) {
        StringBuilder out = new StringBuilder("<tr>");
        String inside = line.substring(1, line.lastIndexOf('|'));
        for (String each : inside.split("(?<!\\\\)\\|", -1)) {
            String text = Texts.escaped(each.strip().replace("\\|", "|"));
            out.append('<')
                    .append(cell)
                    .append('>')
                    .append(text)
                    .append("</")
                    .append(cell)
                    .append('>');
        }
        return out.append("</tr>").toString();
    }
}
