package io.bascule.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.Problem;
import io.bascule.planfile.problem.Code;
import io.bascule.planfile.problem.CodeBook;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each code of the file's form with a file that has the fault, and its place. */
class CodesTest {
    /** A bad file: its code and the text at the problem's place. */
    record Bad(Code code, String at, List<String> edits) {
        Bad at(String place) {
            return new Bad(code, place, edits);
        }

        @Override
        public String toString() {
            return code + " at " + at;
        }
    }

    private static Bad bad(Code code, String at, String... edits) {
        return new Bad(code, at, List.of(edits));
    }

    static Stream<Bad> all() {
        return Stream.concat(form(), values());
    }

    static Stream<Bad> form() {
        return Stream.of(
                bad(Code.SYNTAX, "", "    through: web\n", "    through: web: x\n")
                        .at(": x"),
                bad(Code.SYNTAX, "\tbascule", "\nbascule: 1", "\n\tbascule: 1"),
                bad(Code.TOO_DEEP, "[", "roles: [lead]", "roles: " + "[".repeat(100) + "]".repeat(100)),
                bad(Code.ANCHOR, "&me [lead]", "roles: [lead]", "roles: &me [lead]"),
                bad(Code.ANCHOR, "*me }", "roles: [lead]", "roles: *me"),
                bad(Code.TAG, "!!str shop", "name: shop", "name: !!str shop"),
                bad(Code.MANY_DOCUMENTS, "---", "\ntell:\n", "\n---\ntell:\n"),
                bad(Code.UNKNOWN_KEY, "entrance:", "\nentrances:\n", "\nentrance:\n"),
                bad(Code.UNKNOWN_KEY, "freezee:", "    - freeze: {", "    - freezee: {"),
                bad(Code.DUPLICATE_KEY, "name: again", "\nname: shop", "\nname: shop\nname: again"),
                bad(
                        Code.DUPLICATE_KEY,
                        "ana: { name: X",
                        "\n  ben: {",
                        "\n  ana: { name: X, roles: [lead] }\n  ben: {"),
                bad(Code.MISSING_KEY, "bascule: 1", "\nname: shop", ""),
                bad(Code.WRONG_FORM, "lead }", "roles: [lead]", "roles: lead"),
                bad(Code.WRONG_FORM, "[] }", "roles: [lead]", "roles: []"),
                bad(Code.WRONG_FORM, "for: 15s", "- bake: { for: 15s }", "- bake:\n      for: 15s"),
                bad(Code.UNKNOWN_WORD, "holt", "freeze: hold", "freeze: holt"),
                bad(Code.UNANSWERED, "unanswered", "freeze: hold", "freeze: unanswered"),
                bad(Code.UNKNOWN_ADAPTER, "sqllite,", "kind: sqlite", "kind: sqllite"),
                bad(
                        Code.ONE_OF,
                        "singleton:",
                        "    through: web\n",
                        "    through: web\n    singleton: { kind: simulated }\n"),
                bad(Code.ONE_OF, "{ for: 3s }", "{ record: baseline, for: 10s }", "{ for: 3s }"),
                bad(Code.BAD_NAME, "Shop", "name: shop", "name: Shop"),
                bad(Code.BAD_NAME, "Web:", "\n  web:\n    router", "\n  Web:\n    router"),
                bad(Code.NOT_WITH, "at most 2000", "freeze: hold", "freeze: reject"),
                bad(Code.COMPLEX_KEY, "[a, b]", "\nname: shop", "\n? [a, b]\n: 1\nname: shop"));
    }

    static Stream<Bad> values() {
        return Stream.of(
                bad(Code.DURATION, "20 }", "at-most: 20s, expected: 5s", "expected: 5s, at-most: 20"),
                bad(Code.DURATION, "5s1m }", "for: 15s", "for: 5s1m"),
                bad(Code.RATE, "500 ", "expect: 500/s", "expect: 500"),
                bad(Code.NUMBER, "0, remind", "need: 2, remind", "need: 0, remind"),
                bad(Code.NUMBER, "2", "bascule: 1\n", "bascule: 2\n"),
                bad(Code.ADDRESS, "127.0.0.1:8079", "control: http://127.0.0.1:8079", "control: 127.0.0.1:8079"),
                bad(Code.SECRET, "hunter2", "token: file:front-door.token", "token: hunter2"),
                bad(Code.EXPRESSION, "< 1%, p95", "errors <= 1%, p95", "errors < 1%, p95"),
                bad(Code.EXPRESSION, "p95 <= 900ms", "p95 <= 1.5 x source + 50ms", "p95 <= 900ms"),
                bad(Code.EXPRESSION, "sauce + 50ms", "1.5 x source + 50ms", "1.5 x sauce + 50ms"),
                bad(
                        Code.TIME,
                        "2026-13-01T10:00",
                        "opens: at start, lasts: 6h",
                        "opens: 2026-13-01T10:00, zone: Europe/Berlin, lasts: 6h"),
                bad(
                        Code.TIME_GAP,
                        "2026-03-29T02:30",
                        "opens: at start, lasts: 6h",
                        "opens: 2026-03-29T02:30, zone: Europe/Berlin, lasts: 6h"),
                bad(
                        Code.TIME_OVERLAP,
                        "2026-10-25T02:30",
                        "opens: at start, lasts: 6h",
                        "opens: 2026-10-25T02:30, zone: Europe/Berlin, lasts: 6h"),
                bad(Code.ZONE, "CET", "opens: at start, lasts: 6h", "opens: 2026-10-25T12:30, zone: CET, lasts: 6h"),
                bad(Code.UNIT, "p95 <= 5%", "p95 <= 800ms", "p95 <= 5%"),
                bad(Code.TEXT, "2026", "title: The shop moves to the new platform", "title: 2026"),
                bad(Code.PHRASE, "within 3%", "within 3 points", "within 3%"),
                bad(Code.PHRASE, "10 for 10s", "10% for 10s", "10 for 10s"),
                bad(Code.FILE_MISSING, "checks/smok.sh", "checks/smoke.sh", "checks/smok.sh"),
                bad(Code.SIDE_UNSAID, "{ file: app.prop", "file: source/app.properties", "file: app.properties"),
                bad(
                        Code.CONNECTS_TWICE,
                        "{ database: target",
                        "file: target/app.properties, set: { database: target/shop.db",
                        "file: target/app.properties, set: { database: target/shop.db, copy: source/shop.db"),
                bad(Code.OWNER_UNSAID, "ana:", "roles: [lead]", "roles: [boss]"),
                bad(
                        Code.LOOKS_SECRET,
                        "hunter2",
                        "set: { database: target/shop.db } }\n  smoke",
                        "set: { database: target/shop.db, password: hunter2 } }\n  smoke"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_file_with_the_fault_is_told_where(Bad bad) {
        String text = Shop.with(bad.edits().toArray(String[]::new));
        List<Problem> problems = Shop.problems(text);
        assertThat(problems).as(problems.toString()).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(bad.code().number());
            assertThat(Shop.at(problem, text)).startsWith(bad.at());
        });
    }

    @Test
    void every_code_has_a_bad_file() {
        Set<Code> elsewhere =
                EnumSet.of(Code.UNREADABLE, Code.TOO_LARGE, Code.TOO_MANY, Code.OVERLAY_ADDS, Code.PERCENT);
        all().forEach(bad -> elsewhere.add(bad.code()));
        assertThat(elsewhere).containsExactlyInAnyOrder(Code.values());
    }

    @Test
    void every_code_is_explained_by_whole_paragraphs() {
        assertThat(CodeBook.all().values()).allSatisfy(entry -> {
            assertThat(List.of(entry.title(), entry.meaning(), entry.did(), entry.remedy()))
                    .allSatisfy(text -> assertThat(text).isNotBlank());
            assertThat(entry.meaning()).endsWith(".");
            assertThat(entry.remedy()).endsWith(".");
            assertThat(Explain.of(entry.number()))
                    .hasValueSatisfying(text -> assertThat(text).contains(entry.meaning()));
        });
    }

    @Test
    void a_secret_is_never_repeated() {
        List<String> edits = new ArrayList<>(List.of("token: file:front-door.token", "token: hunter2-hunter2"));
        edits.addAll(List.of(
                "database: target/shop.db } }\n  smoke",
                "database: target/shop.db, api-key: s3cr3ts3cr3t } }\n  smoke"));
        Decoded decoded = Shop.decode(Shop.with(edits.toArray(String[]::new)));
        String shown = ProblemText.render(decoded.told(), ((Decoded.Faulty) decoded).texts());
        assertThat(shown)
                .contains("BSC-1206")
                .contains("BSC-9001")
                .doesNotContain("hunter2")
                .doesNotContain("s3cr3t");
    }

    @Test
    void more_problems_than_anyone_reads_are_cut() {
        StringBuilder text = new StringBuilder("bascule: 1\n");
        for (int i = 0; i < 5000; i++) {
            text.append("k").append(i).append(": 1\n");
        }
        assertThat(Shop.problems(text.toString()))
                .hasSize(201)
                .extracting(Problem::code)
                .contains("BSC-1009");
    }
}
