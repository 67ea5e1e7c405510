package io.bascule.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The core is pure: it reaches nothing outside, and its packages know each other in one direction only. */
class ArchitectureTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.bascule.core");

    @Test
    void the_core_touches_no_network_no_file_no_database_and_no_thread() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.nio.file..", "java.sql..", "javax.sql..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .check(CORE);
    }

    @Test
    void the_core_asks_no_clock_and_draws_no_unseeded_number() {
        noClasses()
                .should()
                .callMethodWhere(call(
                        "the time or a random number",
                        target -> target.equals("java.time.Instant.now")
                                || target.equals("java.lang.System.currentTimeMillis")
                                || target.equals("java.lang.System.nanoTime")
                                || target.equals("java.lang.Math.random")
                                || target.equals("java.util.UUID.randomUUID")))
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
                .check(CORE);
    }

    @Test
    void packages_know_each_other_in_one_direction() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("plan")
                .definedBy("..core.plan..")
                .layer("port")
                .definedBy("..core.port..")
                .layer("judge")
                .definedBy("..core.judge..")
                .layer("run")
                .definedBy("..core.run..")
                .layer("sim")
                .definedBy("..core.sim..")
                .whereLayer("sim")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("run")
                .mayOnlyBeAccessedByLayers("sim")
                .whereLayer("judge")
                .mayOnlyBeAccessedByLayers("run", "sim")
                .whereLayer("port")
                .mayOnlyBeAccessedByLayers("judge", "run", "sim")
                .check(CORE);
    }

    private static DescribedPredicate<JavaCall<?>> call(String what, java.util.function.Predicate<String> name) {
        return new DescribedPredicate<>(what) {
            @Override
            public boolean test(JavaCall<?> call) {
                return name.test(call.getTargetOwner().getFullName() + "." + call.getName());
            }
        };
    }
}
