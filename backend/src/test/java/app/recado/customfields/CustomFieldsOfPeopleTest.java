package app.recado.customfields;

import static app.recado.customfields.CustomFieldsTest.defines;
import static app.recado.customfields.CustomFieldsTest.values;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.Clinics.Clinic;
import app.recado.testing.DueJobs;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Where what is written in a clinic's own fields goes: visits, files, copies of the data, merges, erasure. */
@RecadoTest
class CustomFieldsOfPeopleTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Autowired
    DueJobs jobs;

    @Nullable LoopClinic opened;

    @BeforeEach
    void open() {
        clock.set(Instant.parse("2026-11-24T12:00:00Z"));
        opened = LoopClinic.open(clinics, clock, worker);
    }

    private LoopClinic loop() {
        return Objects.requireNonNull(opened);
    }

    private Clinic clinic() {
        return loop().clinic;
    }

    private Answer card(String name, String... keysAndValues) {
        var answer =
                clinic().owner().post("/patients", Map.of("givenName", name, "customFields", values(keysAndValues)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    private Answer booked(UUID patient, String start, @Nullable List<Map<String, String>> values) {
        var body = new HashMap<String, Object>();
        body.put("patientId", patient);
        body.put("practitionerId", loop().practitioner);
        body.put("healthcareServiceId", loop().service);
        body.put("start", start);
        if (values != null) {
            body.put("customFields", values);
        }
        return clinic().receptionist().post("/appointments", body);
    }

    @Test
    void a_visit_has_fields_of_its_own_that_are_written_when_it_is_booked_and_at_any_time_after() {
        defines(clinic(), "appointment", "motivo", "choice", true, "Dolor", "Control");
        defines(clinic(), "appointment", "sesiones", "number", false);
        var ana = loop().patient("Ana", null);
        var refused = booked(ana, "2026-12-01T13:00:00Z", values("sesiones", "tres"));
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.text()).contains("/customFields/0/value").contains("required");
        assertThat(booked(ana, "2026-12-02T13:00:00Z", null).status()).isEqualTo(201);
        var visit = booked(ana, "2026-12-01T13:00:00Z", values("motivo", "Dolor"));
        assertThat(visit.at("/customFields/0/value")).as(visit.text()).isEqualTo("Dolor");

        var path = "/appointments/%s/custom-fields".formatted(visit.id());
        var desk = clinic().receptionist();
        assertThat(desk.put(path, Map.of("customFields", List.of())).code()).isEqualTo("if-match-required");
        loop().act(visit.id(), "cancel", Map.of("reason", "viaje"));
        var written = desk.ifMatch(loop().read(visit.id()).etag())
                .put(path, Map.of("customFields", values("motivo", "Control", "sesiones", "3")));
        assertThat(written.status()).as(written.text()).isEqualTo(200);
        assertThat(written.at("/customFields/1/value")).isEqualTo("3");
        assertThat(desk.ifMatch(visit.etag())
                        .put(path, Map.of("customFields", values("motivo", "Dolor")))
                        .code())
                .isEqualTo("stale");
        assertThat(desk.get("/appointments/%s/timeline".formatted(visit.id())).text())
                .contains("appointment-fields-changed");
        var agenda = desk.get("/appointments?from=2026-12-01&to=2026-12-02");
        assertThat(agenda.at("/items/0/customFields/0/value")).isEqualTo("Control");
    }

    @Test
    void values_leave_in_the_files_and_come_back_from_one() {
        defines(clinic(), "patient", "peso", "number", false);
        defines(clinic(), "patient", "plan", "text", false);
        defines(clinic(), "patient", "viejo", "text", false);
        defines(clinic(), "appointment", "motivo", "text", false);
        var owner = clinic().owner();
        var ana = card("Ana", "peso", "60", "plan", "=1+1", "viejo", "sí");
        var old = owner.get("/custom-fields?subject=patient").at("/items/2/id");
        var field = owner.get("/custom-fields/" + old);
        owner.ifMatch(field.etag())
                .put(
                        "/custom-fields/" + old,
                        Map.of("label", "Campo viejo", "choices", List.of(), "required", false, "active", false));
        var file = owner.get("/patients/export").text();
        assertThat(file).contains("Campo peso,Campo plan").contains("60,'=1+1").doesNotContain("viejo");
        booked(ana.id(), "2026-12-01T13:00:00Z", values("motivo", "@dolor"));
        assertThat(owner.get("/appointments/export?from=2026-12-01&to=2026-12-02")
                        .text())
                .contains("Campo motivo")
                .contains("'@dolor");
    }

    @Test
    void columns_of_a_file_are_taken_for_fields_of_the_clinics_own_and_read_as_people_write() {
        defines(clinic(), "patient", "peso", "number", false);
        defines(clinic(), "patient", "alergico", "yes-no", false);
        defines(clinic(), "patient", "alta", "date", false);
        defines(clinic(), "patient", "grupo", "choice", false, "A+", "0-");
        var file = """
                Nombre;Teléfono;Campo peso;Campo alergico;Alta;Campo grupo
                Eva;011 15-2345-6701;72,5;Sí;17/05/2024;a+
                Ida;011 15-2345-6702;doce;quizás;mañana;B
                """;
        var owner = clinic().owner();
        var upload = owner.with("Content-Type", "application/octet-stream")
                .post("/patient-imports", file.getBytes(StandardCharsets.UTF_8));
        assertThat(upload.at("/columns/2/customField")).as(upload.text()).isEqualTo("peso");
        assertThat(upload.at("/columns/2/field")).isEqualTo("ignore");
        assertThat(upload.json().at("/columns/4/customField").isNull()).isTrue();

        var path = "/patient-imports/" + upload.id();
        var fields = List.of("given-name", "phone", "ignore", "ignore", "ignore", "ignore");
        var plan = new HashMap<String, Object>(Map.of("fields", fields, "updateExisting", false, "monthFirst", false));
        plan.put("customFields", List.of(Map.of("column", 1, "key", "peso")));
        assertThat(owner.ifMatch(upload.etag()).put(path, plan).at("/errors/0/pointer"))
                .isEqualTo("/customFields/0/column");
        plan.put("customFields", List.of(Map.of("column", 2, "key", "nada")));
        assertThat(owner.ifMatch(upload.etag()).put(path, plan).at("/errors/0/pointer"))
                .isEqualTo("/customFields/0/key");
        plan.put(
                "customFields",
                List.of(
                        Map.of("column", 2, "key", "peso"),
                        Map.of("column", 3, "key", "alergico"),
                        Map.of("column", 4, "key", "alta"),
                        Map.of("column", 5, "key", "grupo")));
        var checking = owner.ifMatch(upload.etag()).put(path, plan);
        assertThat(checking.status()).as(checking.text()).isEqualTo(200);
        jobs.run();
        var rows = owner.get(path + "/rows").text();
        assertThat(rows).contains("invalid-format").contains("unknown-value").contains("date-unreadable");
        owner.ifMatch(owner.get(path).etag()).send("POST", path + "/commit", null);
        jobs.run();
        assertThat(owner.get(path).at("/created")).isEqualTo("1");
        var eva = clinic().receptionist().post("/patients/search", Map.of("text", "eva"));
        assertThat(eva.json()
                        .at("/items/0/customFields")
                        .valueStream()
                        .map(one -> one.at("/key").asString() + "="
                                + one.at("/value").asString()))
                .containsExactly("alergico=true", "alta=2024-05-17", "grupo=A+", "peso=72.5");
    }

    @Test
    void the_audit_trail_names_the_fields_that_were_written_and_not_what_is_written() {
        var peso = defines(clinic(), "patient", "peso", "number", false);
        defines(clinic(), "patient", "plan", "text", false);
        var ana = card("Ana", "peso", "60", "plan", "Uno");
        clinic().receptionist()
                .ifMatch(ana.etag())
                .put("/patients/" + ana.id(), Map.of("givenName", "Ana", "customFields", values("plan", "Secreto")));
        var written = clinic().owner().get("/audit-entries?action=patient-changed");
        assertThat(written.at("/items/0/changes/0/after")).isEqualTo("customFields.peso customFields.plan");
        assertThat(written.text()).doesNotContain("Secreto");
        var defined = clinic().owner().get("/audit-entries?action=custom-field-changed");
        assertThat(defined.at("/items/1/recordId")).isEqualTo(peso.id().toString());
        assertThat(defined.at("/items/1/changes/0/after")).isEqualTo("defined");
    }

    @Test
    void a_merge_takes_field_by_field_and_is_undone_with_them() {
        defines(clinic(), "patient", "peso", "number", false);
        defines(clinic(), "patient", "plan", "text", false);
        defines(clinic(), "patient", "zurda", "yes-no", false);
        var owner = clinic().owner();
        var ana = card("Ana", "peso", "60", "plan", "Uno");
        var twin = card("Ana", "peso", "70", "plan", "Dos", "zurda", "true");
        var preview = owner.get("/patients/%s/merge/%s".formatted(ana.id(), twin.id()));
        assertThat(preview.json().at("/differingCustomFields").valueStream().map(key -> key.asString()))
                .as(preview.text())
                .containsExactly("peso", "plan");
        var merged = owner.ifMatch(ana.etag())
                .post(
                        "/patients/%s/merge".formatted(ana.id()),
                        Map.of("patientId", twin.id(), "version", 0, "takeCustomFields", List.of("plan")));
        assertThat(merged.json()
                        .at("/patient/customFields")
                        .valueStream()
                        .map(one -> one.at("/value").asString()))
                .as(merged.text())
                .containsExactly("60", "Dos", "true");
        var undone = owner.ifMatch(owner.get("/patients/" + ana.id()).etag())
                .send("POST", "/patients/%s/merges/%s/undo".formatted(ana.id(), merged.at("/merge/id")), null);
        assertThat(undone.json().at("/patient/customFields").size())
                .as(undone.text())
                .isEqualTo(2);
        assertThat(undone.json().at("/restored/customFields").size()).isEqualTo(3);
    }

    @Test
    void values_are_in_the_copy_of_the_data_under_their_names_and_go_with_the_person() {
        defines(clinic(), "patient", "peso", "number", false);
        defines(clinic(), "appointment", "motivo", "text", false);
        var owner = clinic().owner();
        var ana = card("Ana", "peso", "60");
        var visit = booked(ana.id(), "2026-12-01T13:00:00Z", values("motivo", "Dolor"));
        var copy = owner.get("/patients/%s/personal-data".formatted(ana.id()));
        assertThat(copy.at("/patient/customFields/0/field")).as(copy.text()).isEqualTo("Campo peso");
        assertThat(copy.at("/patient/customFields/0/value")).isEqualTo("60");
        assertThat(copy.at("/appointments/0/customFields/0/value")).isEqualTo("Dolor");

        var erased = owner.ifMatch(owner.get("/patients/" + ana.id()).etag())
                .send("POST", "/patients/%s/erase".formatted(ana.id()), null);
        assertThat(erased.status()).as(erased.text()).isEqualTo(204);
        assertThat(loop().read(visit.id()).json().at("/customFields").isEmpty()).isTrue();
    }
}
