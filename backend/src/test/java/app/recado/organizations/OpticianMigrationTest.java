package app.recado.organizations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import app.recado.devstack.MailCatcher;
import app.recado.install.MigrateOptician;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.migration.Migration;
import app.recado.kernel.migration.MigrationReport;
import app.recado.kernel.migration.MigrationReport.Line;
import app.recado.testing.DueJobs;
import app.recado.testing.RealIdentityTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The optician's practice manager is moved here: 7 organizations, 8 users, 34 patients, with the real identity server. */
@RealIdentityTest
class OpticianMigrationTest extends RealPeople {

    @Autowired
    Migration migration;

    @Autowired
    MigrateOptician command;

    @Autowired
    DueJobs jobs;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @TempDir
    Path folder;

    /** Aliases and addresses are the whole installation's: each test has its own. */
    private final String own = UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void export() throws IOException {
        var sample = new ClassPathResource("optician").getFile().toPath();
        try (var files = Files.walk(sample)) {
            files.filter(Files::isRegularFile).forEach(file -> copy(sample, file));
        }
        change("organizations.csv", ",(?=AR|CL|UY|PY)", "-" + own + ",");
        change("users.csv", "@optica", "-" + own + "@optica");
    }

    private void copy(Path sample, Path file) {
        try {
            var target = folder.resolve(sample.relativize(file).toString());
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Files.copy(file, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void change(String file, String pattern, String replacement) throws IOException {
        var path = folder.resolve(file);
        Files.writeString(path, Files.readString(path).replaceAll(pattern, replacement));
    }

    private void add(String file, String line) throws IOException {
        Files.writeString(folder.resolve(file), line + "\n", StandardOpenOption.APPEND);
    }

    private String address(String name) {
        return name + "-" + own + "@optica.example";
    }

    private static long sum(MigrationReport report, String kind, ToLongFunction<Line> what) {
        return report.clinics().stream()
                .flatMap(clinic -> clinic.lines().stream())
                .filter(line -> line.kind().equals(kind))
                .mapToLong(what)
                .sum();
    }

    private UUID clinicOf(String email) {
        return UUID.fromString(as(email).get("/api/v1/me").at("/organizations/0/id"));
    }

    private <T> T inside(UUID clinic, Class<T> type, String sql) {
        return CurrentOrganization.get(
                clinic,
                () -> Objects.requireNonNull(
                        transaction.execute(status -> jdbc.sql(sql).query(type).single())));
    }

    @Test
    void a_rehearsal_counts_everything_and_writes_nothing_to_anybody() {
        var report = migration.run(folder, true);
        assertThat(report.refused()).isEmpty();
        assertThat(report.clinics()).hasSize(7);
        assertThat(sum(report, "users", Line::created)).isEqualTo(8);
        assertThat(sum(report, "patients", Line::created)).isEqualTo(34);
        assertThat(sum(report, "patients", Line::after)).isEqualTo(34);
        assertThat(sum(report, "appointments", Line::created)).isEqualTo(51);
        assertThat(sum(report, "notes", Line::created)).isEqualTo(26);
        assertThat(sum(report, "media", Line::created)).isEqualTo(3);
        assertThat(report.unread()).containsOnlyKeys("users");
        assertThat(report.unread().get("users")).containsExactly("password_hash");

        jobs.run();
        assertThat(MailCatcher.shared().mailsTo(address("carla"))).isEmpty();
        assertThat(MailCatcher.shared().mailsTo(address("marta"))).isEmpty();
        assertThat(sum(migration.run(folder, true), "patients", Line::before)).isZero();
    }

    @Test
    void everything_arrives_with_its_relations_and_a_second_run_changes_nothing() {
        keycloak.directory().createUser(address("marta"), "Marta", "Ibáñez"); // works for another clinic already
        var report = migration.run(folder, false);
        assertThat(report.refused()).isEmpty();
        assertThat(sum(report, "patients", Line::created)).isEqualTo(34);

        var clinic = clinicOf(address("marta"));
        var owner = as(address("marta"));
        var patients = owner.post(path(clinic, "/patients/search"), Map.of("limit", 50));
        assertThat(patients.json().at("/items")).hasSize(8);
        var jose = owner.post(path(clinic, "/patients/search"), Map.of("text", "30123401"))
                .at("/items/0/id");
        var visits = owner.get(path(clinic, "/appointments?from=2025-03-01&to=2025-03-31"))
                .json()
                .at("/items");
        assertThat(visits).hasSize(12);
        assertThat(visits)
                .filteredOn(visit -> visit.at("/patient/id").asString().equals(jose))
                .extracting(
                        visit -> visit.at("/start").asString(),
                        visit -> visit.at("/status").asString(),
                        visit -> visit.at("/practitioner/displayName").asString())
                .containsExactly(
                        tuple("2025-03-04T12:00:00Z", "fulfilled", "Marta Ibáñez"),
                        tuple("2025-03-12T12:00:00Z", "noshow", "Marta Ibáñez"));
        var files = owner.get(path(clinic, "/patients/" + jose + "/files"));
        assertThat(files.json().at("/items"))
                .extracting(file -> file.at("/name").asString())
                .containsExactlyInAnyOrder("Fondo de ojo derecho.png", "Receta 2025.pdf");
        assertThat(owner.get(path(clinic, "/patients/%s/files/%s".formatted(jose, files.at("/items/0/id"))))
                        .status())
                .isEqualTo(200);
        assertThat(inside(
                        clinic,
                        String.class,
                        "select author_name || ' ' || text from clinical_note order by written_at, id limit 1"))
                .startsWith("Marta Ibáñez OD -1,25")
                .contains("👓");
        assertThat(owner.get(path(clinic, "/messages?limit=50")).json().at("/items"))
                .isEmpty();

        var again = migration.run(folder, false);
        for (var kind : List.of("users", "practitioners", "services", "patients", "appointments", "notes", "media")) {
            assertThat(sum(again, kind, Line::created)).as(kind).isZero();
            assertThat(sum(again, kind, Line::alreadyThere)).as(kind).isEqualTo(sum(report, kind, Line::created));
            assertThat(sum(again, kind, Line::after)).as(kind).isEqualTo(sum(report, kind, Line::after));
        }
        jobs.run();
        assertThat(MailCatcher.shared().mailsTo(address("raul"))).hasSize(1);
        // The invitation, with the link by which she chooses a password.
        assertThat(MailCatcher.shared().mailsTo(address("carla"))).hasSize(1);
        assertThat(MailCatcher.shared().mailsTo(address("marta"))).isEmpty();
    }

    @Test
    void what_cannot_be_taken_is_told_row_by_row_and_the_rest_arrives() throws IOException {
        keycloak.directory().createUser(address("marta"), "Marta", "Ibáñez");
        var soon = Instant.now().plus(10, ChronoUnit.DAYS).truncatedTo(ChronoUnit.DAYS);
        add("patients.csv", "2001,1,Sin,Teléfono,123,,,,,,es");
        add("patients.csv", "2002,99,De,Nadie,,,,,,,es");
        add("appointments.csv", "6001,1,2001,10,100,%s,30,scheduled,".formatted(soon));
        add("appointments.csv", "6002,1,1001,10,100,%s,30,scheduled,".formatted(soon));
        add("appointments.csv", "6003,1,1002,10,100,%s,30,scheduled,".formatted(soon)); // at the same hour
        add("services.csv", "100,1,Otra vez,30");
        add("media.csv", "4,1,1001,,../organizations.csv,fuera,2025-03-04");
        assertThat(migration.run(folder, true).refused()).hasSize(5);

        var out = new ByteArrayOutputStream();
        int code = command.run(
                List.of("--from", folder.toString()), new PrintStream(out, true, StandardCharsets.UTF_8), System.err);
        assertThat(code).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("Refused")))
                .containsExactlyInAnyOrder(
                        "Refused: patients, row 35, id 2001: phone-invalid /phone",
                        "Refused: patients, row 36, id 2002: relation-unknown /organization_id",
                        "Refused: services, row 15, id 100: repeated /id",
                        "Refused: appointments, row 52, id 6001: relation-unknown /patient_id",
                        "Refused: media, row 4, id 4: file-missing /file");
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("Núñez");
        var clinic = clinicOf(address("marta"));
        assertThat(
                        inside(
                                clinic,
                                Long.class,
                                "select count(*) from appointment where starts_at > now() and overbooked = (external_id = 'optician 6003')"))
                .isEqualTo(2);

        // Mended, a second run takes what was left.
        change("patients.csv", "Teléfono,123,", "Teléfono,011 15-2345-9999,");
        var again = migration.run(folder, false);
        assertThat(sum(again, "patients", Line::created)).isEqualTo(1);
        assertThat(sum(again, "appointments", Line::created)).isEqualTo(1);
    }
}
