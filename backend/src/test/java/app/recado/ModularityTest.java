package app.recado;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.security.Access;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** The shape of the code: arrows between modules, and habits that a reviewer should not have to look for. */
class ModularityTest {

    /** Read once: it takes seconds. */
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/devstack/")) // starts processes; no part of the backend
            .importPackages("app.recado");

    @Test
    void modules_use_only_what_their_declaration_allows() {
        ApplicationModules.of(RecadoApplication.class).verify();
    }

    /** Also inside a module: what stands on something is not stood on by it. */
    @Test
    void no_packages_stand_on_each_other() {
        slices().matching("app.recado.(**)").should().beFreeOfCycles().check(CODE);
    }

    /** A module of four engines that put everything shared side by side had forty files there. See ADR 197. */
    @Test
    void the_root_of_engines_holds_only_what_all_of_it_stands_on() {
        assertThat(CODE)
                .filteredOn(type -> type.getPackageName().equals("app.recado.engines") && type.isTopLevelClass())
                .extracting(JavaClass::getSimpleName)
                .filteredOn(name -> !name.equals("package-info"))
                .hasSizeBetween(1, 6);
    }

    @Test
    void every_operation_has_an_access_rule() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .areAnnotatedWith(RestController.class)
                .and()
                .areAnnotatedWith(GetMapping.class)
                .or()
                .areAnnotatedWith(PostMapping.class)
                .or()
                .areAnnotatedWith(PutMapping.class)
                .or()
                .areAnnotatedWith(PatchMapping.class)
                .or()
                .areAnnotatedWith(DeleteMapping.class)
                .should()
                .beAnnotatedWith(Access.class)
                .check(CODE);
    }

    @Test
    void time_comes_from_the_clock() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CODE);
    }

    /** Two ways to do work later and no third: messages by lease, everything else by a job. */
    @Test
    void nothing_happens_by_the_clock_but_jobs() {
        noMethods().should().beAnnotatedWith(Scheduled.class).check(CODE);
    }

    /** Such a stream keeps its connection until it is closed: a pool of two was empty after two calls. */
    @Test
    void queries_give_lists_and_not_open_streams() {
        noClasses()
                .should()
                .callMethod(JdbcClient.MappedQuerySpec.class, "stream")
                .check(CODE);
    }

    /** One JSON library and one way to call others, but for Keycloak's own client. */
    @Test
    void jax_rs_and_jackson_2_stay_with_the_client_of_keycloak() {
        noClasses()
                .that()
                .resideOutsideOfPackage("app.recado.kernel.keycloak")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.keycloak..",
                        "jakarta.ws.rs..",
                        "org.jboss.resteasy..",
                        "org.apache.http..",
                        "com.fasterxml.jackson.core..")
                .check(CODE);
        noClasses()
                .that()
                .resideOutsideOfPackage("app.recado.kernel.keycloak")
                // What makes the API document asks its library for types, and the library knows no other mapper.
                .and()
                .doNotHaveFullyQualifiedName("app.recado.kernel.api.ApiTypes")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml.jackson.databind..")
                .check(CODE);
    }

    /** A span holds what its own package puts into it, and nothing that a library or a passer-by would add. */
    @Test
    void the_library_of_spans_stays_where_they_are_made() {
        noClasses()
                .that()
                .resideOutsideOfPackage("app.recado.kernel.trace")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.opentelemetry..")
                .check(CODE);
    }

    /** Its types know everything about hospitals; ours are the clinic's. */
    @Test
    void the_library_of_fhir_stays_with_the_facade() {
        noClasses()
                .that()
                .resideOutsideOfPackage("app.recado.fhir")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ca.uhn.fhir..", "org.hl7.fhir..")
                .check(CODE);
    }

    @Test
    void controllers_are_not_part_of_a_modules_face() {
        classes()
                .that()
                .areAnnotatedWith(RestController.class)
                .should()
                .bePackagePrivate()
                .check(CODE);
    }
}
