package app.recado.patients;

import static app.recado.patients.PatientRegisterTest.named;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Clinics;
import app.recado.testing.DueJobs;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@RecadoTest
class PatientExportTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    DueJobs jobs;

    private static Map<String, @Nullable Object> hostile() {
        var body = new HashMap<String, @Nullable Object>(named("=HYPERLINK(1)", "-Núñez", "+598 94 231 234"));
        body.put("notes", "@SUM(1)\n\"dos\", líneas");
        body.put("tags", List.of("+vip"));
        body.put("gender", "other");
        body.put("birthDate", "1984-02-29");
        body.put("identifiers", List.of(Map.of("kind", "ar-dni", "value", "30123456")));
        return body;
    }

    @Test
    void the_register_is_written_safe_for_spreadsheets_and_read_again_as_it_was() {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
        var clinic = clinics.open();
        var owner = clinic.owner();
        var one = owner.post("/patients", hostile());
        var gone = owner.post("/patients", named("Ida", "Archivada", null));
        var away = new HashMap<String, @Nullable Object>(named("Ida", "Archivada", null));
        away.put("archived", true);
        owner.ifMatch(gone.etag()).put("/patients/" + gone.id(), away);

        var file = owner.get("/patients/export");
        assertThat(file.status()).as(file.text()).isEqualTo(200);
        assertThat(file.header("Content-Type")).startsWith("text/csv");
        assertThat(file.header("Content-Disposition")).contains("attachment");
        assertThat(file.text())
                .startsWith("\ufeffApellido,Nombre,Teléfono,")
                .contains("'-Núñez,'=HYPERLINK(1),'+598 94 231 234,")
                .contains("30.123.456")
                .doesNotContain("Archivada");
        assertThat(clinic.receptionist().get("/patients/export").code()).isEqualTo("forbidden");
        assertThat(owner.get("/patients/export?format=ods").code()).isEqualTo("invalid-parameter");

        var other = clinics.open().owner();
        var sent = other.with("Content-Type", "application/octet-stream").post("/patient-imports", file.text());
        var fields = sent.json()
                .at("/columns")
                .valueStream()
                .map(column -> column.at("/field").asString())
                .toList();
        assertThat(fields).doesNotContain("ignore");
        other.ifMatch(sent.etag())
                .put(
                        "/patient-imports/" + sent.id(),
                        Map.of("fields", fields, "updateExisting", false, "monthFirst", false));
        jobs.run();
        var checked = other.get("/patient-imports/" + sent.id());
        other.ifMatch(checked.etag()).send("POST", "/patient-imports/" + sent.id() + "/commit", null);
        jobs.run();
        var copy = other.post("/patients/search", Map.of("text", "30123456"));
        for (var field : List.of(
                "givenName",
                "familyName",
                "phone",
                "notes",
                "tags",
                "gender",
                "birthDate",
                "identifiers",
                "language")) {
            assertThat(copy.json().at("/items/0/" + field))
                    .as(field)
                    .isEqualTo(one.json().at("/" + field));
        }
    }
}
