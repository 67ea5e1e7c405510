package io.bascule.planfile;

import io.bascule.planfile.problem.Code;
import io.bascule.planfile.problem.Problems;
import io.bascule.planfile.tree.Tree;
import java.util.Locale;
import java.util.regex.Pattern;

/** Warns of literals that look like secrets; never repeats them. */
final class Secrets {
    private static final Pattern NAMES = Pattern.compile(
            ".*(passw(or)?d|passphrase|secret|token|api[-_.]?key|access[-_.]?key|private[-_.]?key|credential).*");
    private static final Pattern REFERENCE = Pattern.compile("(env|file|secrets-manager):\\S+");
    private static final Pattern FORMS = Pattern.compile(
            "AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{20,}|xox[abprs]-\\S{10,}"
                    + "|eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]+\\..*|-----BEGIN .*|[a-z][a-z0-9+.-]*://[^/\\s:@]*:[^/\\s@]+@.*");
    private static final int SHORTEST = 3;

    private Secrets() {}

    static void warn(Tree tree, Problems problems) {
        warn("", tree, problems);
    }

    private static void warn(String key, Tree tree, Problems problems) {
        switch (tree) {
            case Tree.Scalar scalar -> scalar(key, scalar, problems);
            case Tree.Sequence list -> list.items().forEach(item -> warn(key, item, problems));
            case Tree.Mapping map -> map.entries().forEach(entry -> warn(entry.key(), entry.value(), problems));
        }
    }

    private static void scalar(String key, Tree.Scalar scalar, Problems problems) {
        String text = scalar.text().length() > 4096 ? scalar.text().substring(0, 4096) : scalar.text();
        boolean named =
                key.length() < 64 && NAMES.matcher(key.toLowerCase(Locale.ROOT)).matches();
        boolean literal = text.length() >= SHORTEST && !REFERENCE.matcher(text).matches();
        boolean formed = FORMS.matcher(text).matches();
        if (literal && (named || formed) && !problems.faultyAt(scalar.at())) {
            problems.add(
                    Code.LOOKS_SECRET,
                    scalar.at(),
                    "the value of " + Problems.quote(key) + " looks like a secret",
                    "write env:NAME, file:PATH or secrets-manager:ARN");
        }
    }
}
