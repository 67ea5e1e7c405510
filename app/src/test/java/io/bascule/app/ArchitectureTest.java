package io.bascule.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The direction of dependencies between modules: adapters never see each other, only the app sees all. */
class ArchitectureTest {
    private static final List<String> ROOMS = List.of("planfile", "engine", "embedded", "data", "load");
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.bascule");

    @Test
    void rooms_do_not_see_each_other() {
        for (String room : ROOMS) {
            String[] others = ROOMS.stream()
                    .filter(other -> !other.equals(room))
                    .map(other -> "io.bascule." + other + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("io.bascule." + room + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .check(ALL);
        }
    }

    @Test
    void nothing_depends_on_the_app() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.bascule.app..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.bascule.app..")
                .check(ALL);
    }

    @Test
    void core_sees_only_the_language_and_itself() {
        noClasses()
                .that()
                .resideInAPackage("io.bascule.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net..", "java.nio.file..", "java.sql..", "java.io..", "io.netty..", "org.slf4j..")
                .check(ALL);
    }

    @Test
    void the_load_module_knows_nothing_of_cutovers() {
        noClasses()
                .that()
                .resideInAPackage("io.bascule.load..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.bascule.core..").and(not(resideInAPackage("io.bascule.core.json.."))))
                .check(ALL);
    }

    @Test
    void packages_of_the_app_form_no_circle() {
        slices().matching("io.bascule.app.(*)..").should().beFreeOfCycles().check(ALL);
    }
}
