package io.bascule.planfile.tree;

import io.bascule.planfile.problem.At;
import io.bascule.planfile.problem.Code;
import io.bascule.planfile.problem.Problems;
import io.bascule.planfile.tree.Tree.Entry;
import io.bascule.planfile.tree.Tree.Form;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/**
 * Reads one YAML document into a located tree. It is built from parser events and not by the library's composer,
 * because the composer recurses: here the depth is bounded while reading, anchors are refused, and no text, however
 * malicious, makes it hang or overflow. One use, one thread.
 */
public final class YamlReader {
    /** Characters a file may have. */
    public static final int LARGEST = 1 << 20;

    private static final int DEEPEST = 32;
    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setCodePointLimit(LARGEST + 1).build();
    private static final ScalarResolver RESOLVER = SETTINGS.getSchema().getScalarResolver();
    private final SourceText source;
    private final Problems problems;
    private final Iterator<Event> events;

    private YamlReader(SourceText source, Problems problems) {
        this.source = source;
        this.problems = problems;
        this.events = new Parse(SETTINGS).parseString(source.text()).iterator();
    }

    /** The document's tree; empty, with problems told, when there is none. */
    public static Optional<Tree> read(SourceText source, Problems problems) {
        At whole = At.whole(source.name());
        if (source.text().length() > LARGEST) {
            problems.add(
                    Code.TOO_LARGE,
                    whole,
                    "the file has " + source.text().length() + " characters, at most " + LARGEST + " are read",
                    "");
            return Optional.empty();
        }
        try {
            return new YamlReader(source, problems).document();
        } catch (Stop stop) {
            problems.add(stop.code, stop.at, stop.message, "");
        } catch (MarkedYamlEngineException e) {
            At at = e.getProblemMark().map(mark -> at(source, mark)).orElse(whole);
            problems.add(Code.SYNTAX, at, "not YAML: " + sentence(e), "");
        } catch (YamlEngineException e) {
            problems.add(Code.SYNTAX, whole, "not YAML: " + firstLine(e), "");
        }
        return Optional.empty();
    }

    /** A value written in a table of keys, such as a default. */
    public static Tree value(String text) {
        Problems none = new Problems();
        return read(new SourceText("default", text), none)
                .orElseThrow(() -> new IllegalArgumentException("a default that is not YAML: " + text));
    }

    private Optional<Tree> document() throws Stop {
        Optional<Tree> tree = Optional.empty();
        while (events.hasNext()) {
            Event event = events.next();
            if (event.getEventId() == Event.ID.DocumentStart && tree.isPresent()) {
                throw new Stop(Code.MANY_DOCUMENTS, at(event), "a second document begins here; a plan is one document");
            }
            if (event instanceof NodeEvent node) {
                tree = Optional.of(node(node, 0));
            }
        }
        if (tree.isEmpty()) {
            problems.add(
                    Code.SYNTAX,
                    At.whole(source.name()),
                    "the file is empty",
                    "'bascule init' writes a plan to start from");
        }
        return tree;
    }

    private Tree node(NodeEvent event, int depth) throws Stop {
        At at = at(event);
        if (event instanceof AliasEvent) {
            problems.add(
                    Code.ANCHOR,
                    at,
                    "an alias stands here; plans have none",
                    "write the value out, or put it into quotes");
            return new Tree.Scalar("", Form.NULL, -1, at);
        }
        if (event.getAnchor().isPresent()) {
            problems.add(
                    Code.ANCHOR,
                    at,
                    "an anchor stands here; plans have none",
                    "remove it, or put the value into quotes");
        }
        return switch (event) {
            case ScalarEvent scalar -> scalar(scalar, at);
            case CollectionStartEvent start -> collection(start, at, depth + 1);
            case NodeEvent other -> throw new Stop(Code.SYNTAX, at, "not YAML: unexpected " + other.getEventId());
        };
    }

    private Tree collection(CollectionStartEvent start, At at, int depth) throws Stop {
        if (depth > DEEPEST) {
            throw new Stop(Code.TOO_DEEP, at, "values nest deeper than " + DEEPEST + " levels here");
        }
        refuseTag(start.getTag(), at);
        return start.getEventId() == Event.ID.MappingStart ? mapping(at, depth) : sequence(at, depth);
    }

    private Tree sequence(At at, int depth) throws Stop {
        List<Tree> items = new ArrayList<>();
        while (events.next() instanceof NodeEvent item) {
            items.add(node(item, depth));
        }
        return new Tree.Sequence(items, at);
    }

    private Tree mapping(At at, int depth) throws Stop {
        List<Entry> entries = new ArrayList<>();
        while (events.next() instanceof NodeEvent keyEvent) {
            Tree key = node(keyEvent, depth);
            Tree value = events.next() instanceof NodeEvent valueEvent
                    ? node(valueEvent, depth)
                    : new Tree.Scalar("", Form.NULL, -1, key.at());
            if (key instanceof Tree.Scalar scalar && scalar.form() != Form.NULL) {
                entries.add(new Entry(scalar.text(), scalar.at(), value));
            } else {
                problems.add(Code.COMPLEX_KEY, key.at(), "a key must be a word, this is " + key.word(), "");
            }
        }
        return new Tree.Mapping(entries, at);
    }

    private Tree scalar(ScalarEvent event, At at) {
        refuseTag(event.getTag(), at);
        boolean plain = event.getScalarStyle() == ScalarStyle.PLAIN;
        Form form = plain ? form(event.getValue()) : Form.TEXT;
        return new Tree.Scalar(event.getValue(), form, inset(event, plain), at);
    }

    private static int inset(ScalarEvent event, boolean plain) {
        int marks = plain ? 0 : 2;
        int width = event.getValue().codePointCount(0, event.getValue().length()) + marks;
        boolean asWritten = event.getStartMark().isPresent()
                && event.getEndMark().isPresent()
                && event.getStartMark().get().getLine()
                        == event.getEndMark().get().getLine()
                && event.getEndMark().get().getColumn()
                                - event.getStartMark().get().getColumn()
                        == width;
        return asWritten ? marks / 2 : -1;
    }

    private static Form form(String text) {
        Tag tag = RESOLVER.resolve(text, true);
        if (tag.equals(Tag.INT)) {
            return Form.WHOLE;
        }
        if (tag.equals(Tag.FLOAT)) {
            return Form.DECIMAL;
        }
        if (tag.equals(Tag.BOOL)) {
            return Form.FLAG;
        }
        return tag.equals(Tag.NULL) ? Form.NULL : Form.TEXT;
    }

    private void refuseTag(Optional<String> tag, At at) {
        if (tag.isPresent()) {
            problems.add(
                    Code.TAG,
                    at,
                    "a tag stands here: " + Problems.quote(tag.get()),
                    "remove it, or put the value into quotes");
        }
    }

    private At at(Event event) {
        return event.getStartMark().map(mark -> at(source, mark)).orElse(At.whole(source.name()));
    }

    private static At at(SourceText source, Mark mark) {
        return new At(source.name(), mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static String sentence(MarkedYamlEngineException e) {
        String context = e.getContext() == null ? "" : e.getContext() + ", ";
        return context + (e.getProblem() == null ? firstLine(e) : e.getProblem());
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** Reading cannot go on. */
    private static final class Stop extends Exception {
        private static final long serialVersionUID = 1L;
        private final Code code;
        private final transient At at;
        private final String message;

        Stop(Code code, At at, String message) {
            super(message, null, false, false);
            this.code = code;
            this.at = at;
            this.message = message;
        }
    }
}
