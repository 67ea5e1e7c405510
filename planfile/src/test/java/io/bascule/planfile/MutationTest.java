package io.bascule.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.Problem;
import io.bascule.planfile.tree.SourceText;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is in a file: a plan or problems at places that exist; no exception, no hang. */
class MutationTest {
    private static final int PLANS = 10_000;
    private static final String ODD = "{}[]:,#&*!|>'\"%@`-?~\n\t \\0189xe.é😀\u0000\u2028";
    private static final Duration SLOWEST = Duration.ofSeconds(5);

    @Test
    void ten_thousand_mutated_plans_are_read_without_an_exception() {
        long seed = Long.getLong("bascule.seed", 20261121);
        System.out.println("mutated plans: -Dbascule.seed=" + seed);
        Random random = new Random(seed);
        List<String> plans = List.of(
                Shop.text(),
                PlanTemplates.files("app", io.bascule.core.plan.Shape.WEB_FIRST)
                        .firstEntry()
                        .getValue());
        int good = 0;
        for (int i = 0; i < PLANS; i++) {
            String text = mutate(plans.get(random.nextInt(plans.size())), random);
            good += read(text, seed, i) ? 1 : 0;
        }
        assertThat(good).isBetween(1, PLANS - 1);
    }

    private static boolean read(String text, long seed, int index) {
        long start = System.nanoTime();
        Decoded decoded;
        try {
            decoded = Shop.decode(text);
            ProblemText.render(decoded.told(), List.of(new SourceText("plan.yaml", text)));
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("seed " + seed + ", plan " + index + ":\n" + text, e);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("seed " + seed + ", plan " + index)
                .isLessThan(SLOWEST);
        long lines = text.lines().count() + 2;
        for (Problem problem : decoded.told()) {
            assertThat((long) problem.line()).as(problem.toString()).isLessThanOrEqualTo(lines);
        }
        assertThat(decoded instanceof Decoded.Faulty faulty && faulty.problems().isEmpty())
                .isFalse();
        return decoded instanceof Decoded.Good;
    }

    private static String mutate(String text, Random random) {
        StringBuilder out = new StringBuilder(text);
        int edits = 1 + random.nextInt(4);
        for (int i = 0; i < edits && !out.isEmpty(); i++) {
            int at = random.nextInt(out.length());
            int to = Math.min(out.length(), at + 1 + random.nextInt(30));
            switch (random.nextInt(7)) {
                case 0 -> out.deleteCharAt(at);
                case 1 -> out.insert(at, ODD.charAt(random.nextInt(ODD.length())));
                case 2 -> out.setCharAt(at, ODD.charAt(random.nextInt(ODD.length())));
                case 3 -> out.delete(at, to);
                case 4 -> out.insert(random.nextInt(out.length()), out.substring(at, to));
                case 5 -> swapLines(out, random);
                default -> digit(out, at, random);
            }
        }
        return out.toString();
    }

    private static void swapLines(StringBuilder out, Random random) {
        List<String> lines = new java.util.ArrayList<>(out.toString().lines().toList());
        if (lines.size() > 1) {
            java.util.Collections.swap(lines, random.nextInt(lines.size()), random.nextInt(lines.size()));
        }
        out.setLength(0);
        out.append(String.join("\n", lines)).append('\n');
    }

    private static void digit(StringBuilder out, int from, Random random) {
        for (int at = from; at < out.length(); at++) {
            if (Character.isDigit(out.charAt(at))) {
                out.replace(
                        at,
                        at + 1,
                        Integer.toString(random.nextInt(10) == 0 ? Integer.MAX_VALUE : random.nextInt(1000)));
                return;
            }
        }
    }
}
