package io.bascule.planfile;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Phase;
import io.bascule.core.plan.Step;
import io.bascule.core.rules.Fault;
import io.bascule.core.rules.PlanRules;
import io.bascule.core.rules.Rule;
import io.bascule.core.rules.Sequences;
import io.bascule.planfile.keys.Context;
import io.bascule.planfile.keys.SettingsDecoder;
import io.bascule.planfile.keys.SettingsDecoder.Role;
import io.bascule.planfile.keys.SettingsDecoders;
import io.bascule.planfile.keys.Values;
import io.bascule.planfile.problem.At;
import io.bascule.planfile.problem.Code;
import io.bascule.planfile.problem.Problems;
import io.bascule.planfile.table.PlanTable;
import io.bascule.planfile.tree.Overlay;
import io.bascule.planfile.tree.SourceText;
import io.bascule.planfile.tree.Tree;
import io.bascule.planfile.tree.TreePath;
import io.bascule.planfile.tree.YamlReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads plan files. A plan is read as a whole: its text and overlays, every value against the table of keys, every rule
 * for plans; the result is a plan that may be run, or all problems at their places. Never throws for what is in a file.
 *
 * <pre>{@code
 * switch (PlanFile.read(Path.of("plan.yaml"), List.of())) {
 *     case Decoded.Good good -> run(good.plan());
 *     case Decoded.Faulty faulty -> print(ProblemText.render(faulty.problems(), faulty.texts()));
 * }
 * }</pre>
 */
public final class PlanFile {
    private PlanFile() {}

    /** Reads a plan and the overlays over it, the last on top. Relative paths start at the plan's folder. */
    public static Decoded read(Path plan, List<Path> overlays) {
        Problems problems = new Problems();
        List<SourceText> texts = new ArrayList<>();
        List<Path> paths = new ArrayList<>(List.of(plan));
        paths.addAll(overlays);
        for (Path path : paths) {
            text(path, problems).ifPresent(texts::add);
        }
        if (problems.faulty()) {
            return new Decoded.Faulty(problems.all(), texts);
        }
        Path folder = plan.toAbsolutePath().normalize().getParent();
        Path base = folder == null ? plan.toAbsolutePath() : folder;
        return decode(texts, base);
    }

    /** Decodes texts that are in hand; referred files are read from the folder. */
    public static Decoded decode(List<SourceText> texts, Path baseDir) {
        return decode(texts, baseDir, ReferencedFiles.in(baseDir));
    }

    /**
     * Decodes texts with the hashes of referred files from elsewhere: with {@link ReferencedFiles#stored} the plan of a
     * run comes out as it was approved.
     *
     * @param texts the plan's text first, then overlays; at least one
     */
    public static Decoded decode(List<SourceText> texts, Path baseDir, ReferencedFiles files) {
        Problems problems = new Problems();
        Optional<Tree> tree = merged(texts, problems);
        Context context = Context.root(problems);
        Optional<Values> values = tree.flatMap(root -> PlanTable.ROOT.decode(root, context));
        if (tree.isEmpty() || values.isEmpty()) {
            return new Decoded.Faulty(problems.all(), texts);
        }
        CutoverPlan plan = PlanTable.plan(values.get(), context);
        SortedMap<String, String> hashes = hashes(context, files);
        rules(plan, tree.get(), problems);
        Secrets.warn(tree.get(), problems);
        return problems.faulty()
                ? new Decoded.Faulty(problems.all(), texts)
                : good(plan, hashes, problems, texts, baseDir);
    }

    private static Decoded good(
            CutoverPlan plan,
            SortedMap<String, String> files,
            Problems problems,
            List<SourceText> texts,
            Path baseDir) {
        String json = Resolved.json(plan, files);
        CutoverPlan hashed = Resolved.hashed(plan, Resolved.hash(json));
        return new Decoded.Good(hashed, problems.all(), json, texts, baseDir, files);
    }

    private static Optional<Tree> merged(List<SourceText> texts, Problems problems) {
        Optional<Tree> plan = YamlReader.read(texts.getFirst(), problems);
        for (SourceText overlay : texts.subList(1, texts.size())) {
            Optional<Tree> over = YamlReader.read(overlay, problems);
            if (plan.isPresent() && over.isPresent()) {
                plan = Optional.of(Overlay.merge(plan.get(), over.get(), problems));
            }
        }
        return plan;
    }

    /** A faulty plan is only held against the names it uses: what else it breaks may come from what is missing. */
    private static void rules(CutoverPlan plan, Tree tree, Problems problems) {
        List<Fault> faults = new ArrayList<>(problems.faulty() ? PlanRules.references(plan) : PlanRules.check(plan));
        faults.addAll(unleased(plan));
        List<Fault> news = faults.stream()
                .filter(fault -> !problems.faultyAt(TreePath.locate(tree, fault.path())))
                .toList();
        for (Fault fault : news) {
            At at = TreePath.locate(tree, fault.path());
            problems.add(fault.rule().code(), at, fault.path() + ": " + fault.message(), fault.hint());
        }
    }

    /** Configurations inside the freeze that would not be as before by themselves at its deadline. */
    private static List<Fault> unleased(CutoverPlan plan) {
        Set<String> frozen = Sequences.insideFreeze(plan).map(Step::id).collect(Collectors.toSet());
        List<Fault> faults = new ArrayList<>();
        for (Phase phase : plan.phases()) {
            for (int i = 0; i < phase.steps().size(); i++) {
                Step step = phase.steps().get(i);
                if (frozen.contains(step.id())
                        && step.action() instanceof Action.Configure configure
                        && !leases(configure.means().adapter())) {
                    faults.add(new Fault(
                            Rule.INSIDE_FREEZE,
                            "phases." + phase.id().word() + "[" + i + "]",
                            "inside the freeze a configuration is as before by itself at the deadline, and '"
                                    + configure.means().adapter() + "' cannot be",
                            "configure it before 'freeze', or keep what changes in the freeze in a 'file'"));
                }
            }
        }
        return faults;
    }

    private static boolean leases(String adapter) {
        return SettingsDecoders.find(Role.CONFIGURATION, adapter)
                .map(SettingsDecoder::leases)
                .orElse(true);
    }

    private static SortedMap<String, String> hashes(Context context, ReferencedFiles files) {
        SortedMap<String, String> hashes = new TreeMap<>();
        for (Map.Entry<String, At> file : context.files().entrySet()) {
            Optional<String> hash = files.sha256(file.getKey());
            hash.ifPresent(hex -> hashes.put(file.getKey(), hex));
            if (hash.isEmpty()) {
                context.problem(
                        Code.FILE_MISSING,
                        file.getValue(),
                        "the file " + Problems.quote(file.getKey()) + " cannot be read",
                        "the path starts at the plan's folder");
            }
        }
        return hashes;
    }

    private static Optional<SourceText> text(Path path, Problems problems) {
        At whole = At.whole(path.toString());
        try {
            if (!Files.isRegularFile(path)) {
                String what = Files.isDirectory(path) ? "this is a folder" : "there is no such file";
                problems.add(Code.UNREADABLE, whole, what, "'bascule init' writes a plan to start from");
            } else if (Files.size(path) > YamlReader.LARGEST) {
                problems.add(
                        Code.TOO_LARGE,
                        whole,
                        "the file has " + Files.size(path) + " bytes, at most " + YamlReader.LARGEST + " are read",
                        "");
            } else {
                return Optional.of(new SourceText(path.toString(), Files.readString(path, StandardCharsets.UTF_8)));
            }
        } catch (CharacterCodingException e) {
            problems.add(Code.UNREADABLE, whole, "the file is not UTF-8 text", "save it as UTF-8");
        } catch (IOException e) {
            problems.add(
                    Code.UNREADABLE,
                    whole,
                    "the file cannot be read: " + e.getClass().getSimpleName(),
                    "");
        }
        return Optional.empty();
    }
}
