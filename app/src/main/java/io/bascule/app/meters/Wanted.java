package io.bascule.app.meters;

import io.bascule.core.performance.Measure;
import io.bascule.core.performance.Unit;
import io.bascule.core.port.MeterAddress;
import io.bascule.core.port.MeterProvider;
import io.bascule.core.rules.Nearest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody's wish for figures of a resource: {@code cpu=cloudwatch:…}, {@code source:cpu=http://…}, {@code cpu.csv}. */
public sealed interface Wanted {

    /** Of which target of a load; empty where nobody had to say. */
    String target();

    /** The text after the measure. */
    String from();

    /** @param measure as {@link Measure#nameOf} has it */
    record OfMeter(String target, String measure, String from, MeterProvider provider, MeterAddress address)
            implements Wanted {}

    /** @param measure empty where the file says whose samples they are */
    record OfFile(String target, Optional<String> measure, Path path) implements Wanted {
        @Override
        public String from() {
            return path.toString();
        }
    }

    /** Reads such wishes and tells everything that is wrong with them. Asks nobody, opens nothing. */
    final class Reader {
        private static final Pattern NAMED = Pattern.compile("([\\w.-]+)=(.*)", Pattern.DOTALL);

        private final String option;
        private final List<String> targets;
        private final List<String> problems;

        /**
         * @param option for people: {@code --resources}
         * @param targets the targets of the load that are told apart; empty where there are none
         * @param problems to which those found are added
         */
        public Reader(String option, List<String> targets, List<String> problems) {
            this.option = option;
            this.targets = List.copyOf(targets);
            this.problems = problems;
        }

        /** Those without problems. */
        public List<Wanted> read(List<String> texts) {
            List<Wanted> wanted =
                    texts.stream().flatMap(text -> read(text).stream()).toList();
            List<String> names =
                    wanted.stream().flatMap(each -> name(each).stream()).toList();
            names.stream()
                    .filter(name -> Collections.frequency(names, name) > 1)
                    .distinct()
                    .forEach(name -> problems.add(option + " " + name + "=…: asked for more than once"));
            return wanted;
        }

        private static Optional<String> name(Wanted wanted) {
            Optional<String> measure = switch (wanted) {
                case OfMeter meter -> Optional.of(meter.measure());
                case OfFile file -> file.measure();
            };
            return measure.map(name -> wanted.target().isEmpty() ? name : wanted.target() + ":" + name);
        }

        private Optional<Wanted> read(String text) {
            int colon = text.indexOf(':');
            boolean said = colon > 0 && targets.contains(text.substring(0, colon));
            if (!said && targets.size() > 1) {
                problem(text, "the load has several targets; say whose these are: " + targets.getFirst() + ":" + text);
                return Optional.empty();
            }
            String target = said ? text.substring(0, colon) : targets.isEmpty() ? "" : targets.getFirst();
            String rest = said ? text.substring(colon + 1) : text;
            Matcher named = NAMED.matcher(rest);
            Optional<String> measure = named.matches() ? Optional.of(Measure.nameOf(named.group(1))) : Optional.empty();
            String from = named.matches() ? named.group(2) : rest;
            if (from.isBlank()) {
                problem(text, "expected an address or a file behind '='");
                return Optional.empty();
            }
            Optional<MeterAddress> address = MeterAddress.of(from);
            Optional<MeterProvider> provider = address.flatMap(each -> Meters.of(each.scheme()));
            return provider.isPresent()
                    ? meter(text, target, measure, from, provider.get(), address.get())
                    : file(text, target, measure, from, address);
        }

        private Optional<Wanted> meter(
                String text,
                String target,
                Optional<String> measure,
                String from,
                MeterProvider provider,
                MeterAddress address) {
            int before = problems.size();
            provider.problems(address).forEach(each -> problem(text, each));
            if (measure.isEmpty()) {
                problem(text, "expected whose samples these are: cpu=" + address.scheme() + ":…");
            } else if (Measure.named(measure.get()).unit() != Unit.FRACTION
                    && address.get("unit").isPresent()) {
                problem(text, "unit is for shares, and '" + measure.get() + "' is none by its name");
            }
            return problems.size() > before
                    ? Optional.empty()
                    : Optional.of(new OfMeter(target, measure.orElseThrow(), from, provider, address));
        }

        /** A file that is not there yet may be written while the load runs; a folder that is not there is a slip. */
        private Optional<Wanted> file(
                String text, String target, Optional<String> measure, String from, Optional<MeterAddress> address) {
            Path path = Path.of(from);
            Path folder = path.toAbsolutePath().getParent();
            if (folder == null || !Files.isDirectory(folder) || (address.isPresent() && !Files.exists(path))) {
                String hint = address.map(each -> Nearest.hint(each.scheme(), Meters.schemes()))
                        .filter(each -> !each.isEmpty())
                        .map(each -> "; " + each)
                        .orElse("");
                problem(text, "neither an address of a meter nor a file" + hint);
                return Optional.empty();
            }
            return Optional.of(new OfFile(target, measure, path));
        }

        private void problem(String text, String what) {
            problems.add(option + " " + shown(text) + ": " + what);
        }

        /** A password that somebody put into an address is not said again. */
        private static String shown(String text) {
            String plain = text.replaceAll("//[^/?@]*@", "//…@");
            return plain.length() > 80 ? plain.substring(0, 79) + "…" : plain;
        }
    }
}
