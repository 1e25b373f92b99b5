package app.recado.clinicexport;

import static app.recado.testing.LoopClinic.created;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.security.Allow;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.TestTokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An owner takes out what a clinic has, on Monday, 16 November 2026. */
@RecadoTest
class ClinicExportTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JsonMapper json;

    @BeforeEach
    void monday() {
        clock.set(Instant.parse("2026-11-16T12:00:00Z"));
    }

    private Map<String, byte[]> export(Clinics.Clinic clinic) {
        var token = TestTokens.member("someone-" + clinic.id(), clinic.id(), List.of(Allow.OWNER));
        var request = HttpRequest.newBuilder(
                        URI.create(clinics.server() + "/api/v1/organizations/" + clinic.id() + "/export"))
                .header("Authorization", "Bearer " + token)
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/zip");
            var files = new LinkedHashMap<String, byte[]>();
            try (var zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
                for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    files.put(entry.getName(), zip.readAllBytes());
                }
            }
            return files;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode manifestOf(Map<String, byte[]> files) {
        return json.readTree(Objects.requireNonNull(files.get(ClinicArchive.MANIFEST)));
    }

    private static String text(Map<String, byte[]> files, String table) {
        var file = Objects.requireNonNull(files.get("tables/" + table + ".ndjson"), table);
        return new String(file, StandardCharsets.UTF_8);
    }

    @Test
    void an_archive_has_the_clinics_records_and_nobody_elses_and_a_manifest_that_proves_each_file() throws Exception {
        var clinic = clinics.open();
        var other = clinics.open();
        var patient = created(clinic.owner().post("/patients", Map.of("givenName", "Ana", "familyName", "Núñez")));
        var stranger = created(other.owner().post("/patients", Map.of("givenName", "Luz", "familyName", "Paz")));

        var files = export(clinic);

        assertThat(text(files, "patient")).contains(patient.toString(), "Núñez").doesNotContain(stranger.toString());
        assertThat(text(files, "organization")).contains(clinic.id().toString());
        assertThat(files.keySet()).last().isEqualTo(ClinicArchive.MANIFEST);
        var manifest = manifestOf(files);
        assertThat(manifest.path("organizationId").asString())
                .isEqualTo(clinic.id().toString());
        assertThat(manifest.path("writtenAt").asString()).isEqualTo("2026-11-16T12:00:00Z");
        assertThat(manifest.path("entries")).hasSize(files.size() - 1);
        for (var entry : manifest.path("entries")) {
            var file = Objects.requireNonNull(files.get(entry.path("name").asString()));
            assertThat(file).hasSize(entry.path("bytes").asInt());
            var hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(file));
            assertThat(entry.path("sha256").asString())
                    .as(entry.path("name").asString())
                    .isEqualTo(hash);
        }
        assertThat(clinic.owner().get("/audit-entries").text()).contains("clinic-exported");
    }

    @Test
    void all_tables_are_of_one_moment_however_long_reading_them_takes() throws Exception {
        var clinic = clinics.open();
        created(clinic.owner().post("/patients", Map.of("givenName", "Ana", "familyName", "Núñez")));
        var exported = transaction.execute(status -> {
            // Read after the clinic itself and before patients, and of no use when a patient is registered.
            jdbc.sql("lock table recado.canned_reply in access exclusive mode").update();
            var exporting = CompletableFuture.supplyAsync(() -> export(clinic));
            while (!exporting.isDone() && !somebodyWaits()) {
                Thread.onSpinWait();
            }
            created(clinic.owner().post("/patients", Map.of("givenName", "Tarde", "familyName", "Paz")));
            return exporting;
        });

        assertThat(text(Objects.requireNonNull(exported).get(20, TimeUnit.SECONDS), "patient"))
                .contains("Ana")
                .doesNotContain("Tarde");
    }

    private boolean somebodyWaits() {
        return jdbc.sql("select exists (select from pg_locks where not granted)")
                .query(Boolean.class)
                .single();
    }

    @Test
    void secrets_and_practitioners_notes_are_left_out_and_the_manifest_says_so() throws Exception {
        var clinic = clinics.open();
        var endpoint = clinic.owner()
                .post(
                        "/webhook-endpoints",
                        Map.of(
                                "url",
                                "http://127.0.0.1:9/hook",
                                "description",
                                "Historia clínica",
                                "eventTypes",
                                List.of("webhook.test"),
                                "active",
                                true));
        assertThat(endpoint.status()).as(endpoint.text()).isEqualTo(201);
        var patient = created(clinic.owner().post("/patients", Map.of("givenName", "Ana", "familyName", "Núñez")));
        created(clinic.practitioner()
                .post("/clinical-notes", Map.of("patientId", patient, "text", "Control en seis meses")));

        var files = export(clinic);

        assertThat(text(files, "webhook_endpoint")).contains("127.0.0.1").doesNotContain("\"secret\"");
        assertThat(files).doesNotContainKey("tables/clinical_note.ndjson");
        for (var file : files.values()) {
            assertThat(new String(file, StandardCharsets.UTF_8)).doesNotContain("Control en seis meses");
        }
        assertThat(manifestOf(files).at("/leftOut/clinical_note").asString()).isNotBlank();
    }

    @Test
    void what_is_left_out_is_there_and_no_other_column_looks_like_a_secret() {
        var known = jdbc.sql("select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                        + " where n.nspname = 'recado' and c.relkind in ('r', 'p')")
                .query((row, n) -> row.getString(1))
                .list();
        assertThat(known).containsAll(ExportedTables.LEFT_OUT.keySet());
        var suspicious = jdbc.sql("""
                        select c.relname || '.' || a.attname
                          from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
                         where n.nspname = 'recado' and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
                           and a.attname ~ '(secret|sealed|password|api_key|token)$'
                           and a.attname <> all (?) and c.relname <> all (?)
                        """)
                .params(
                        ExportedTables.SECRET_COLUMNS.toArray(String[]::new),
                        ExportedTables.LEFT_OUT.keySet().toArray(String[]::new))
                .query((row, n) -> row.getString(1))
                .list();
        assertThat(suspicious).isEmpty();
    }

    @Test
    void only_owners_take_a_clinic_out() {
        assertThat(clinics.open().receptionist().get("/export").code()).isEqualTo("forbidden");
    }
}
