package app.recado.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.SettableClock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * A hospital's system reads a clinic in Buenos Aires (UTC-3); today is Tuesday, 24 November 2026, 9:00. The practitioner sees
 * patients on Thursdays from 9 to 10 at the northern location.
 */
abstract class ClinicReadInFhir {

    static final String ROOT = "/fhir/R4";
    static final String REMARK = "Alergia al maní";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    Clinics.@Nullable Clinic opened;

    UUID location = new UUID(0, 0);
    UUID practitioner = new UUID(0, 0);
    UUID service = new UUID(0, 0);
    UUID ana = new UUID(0, 0);

    @BeforeEach
    void open() {
        clock.set(Instant.parse("2026-11-24T12:00:00Z"));
        opened = clinics.open();
        location = made(
                "/locations",
                Map.of(
                        "name", "Sede Norte",
                        "address", "Av. Maipú 2100, Olivos",
                        "point", Map.of("latitude", -34.5133, "longitude", -58.4862),
                        "phone", "011 4790-1234"));
        practitioner = made("/practitioners", Map.of("displayName", "Dra. Laura Gómez", "specialty", "Pediatría"));
        service = made(
                "/healthcare-services",
                Map.of("name", "Control", "durationMinutes", 30, "locationIds", List.of(location)));
        made(
                "/schedules",
                Map.of(
                        "validFrom",
                        "2026-11-01",
                        "practitionerId",
                        practitioner,
                        "hours",
                        List.of(Map.of("day", "thu", "from", "09:00", "until", "10:00", "locationId", location))));
        ana = made("/patients", patient("Ana", "Núñez", "+5491123456789"));
    }

    Clinics.Clinic clinic() {
        return Objects.requireNonNull(opened);
    }

    Api system() {
        return clinic().receptionist();
    }

    UUID made(String path, Map<String, ?> body) {
        var answer = clinic().owner().post(path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.id();
    }

    static Map<String, Object> patient(String givenName, String familyName, String phone) {
        return Map.of(
                "givenName",
                givenName,
                "familyName",
                familyName,
                "phone",
                phone,
                "birthDate",
                "1990-05-17",
                "notes",
                REMARK);
    }

    Api.Answer books(UUID patient, String start) {
        var body = new HashMap<String, Object>();
        body.put("patientId", patient);
        body.put("practitionerId", practitioner);
        body.put("healthcareServiceId", service);
        body.put("start", start);
        body.put("outsideHours", true);
        body.put("note", REMARK);
        var answer = system().post("/appointments", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    Api.Answer get(String path) {
        return system().get(ROOT + path);
    }

    /** Sent as FHIR's form. */
    Api.Answer search(String type, String form) {
        return system().with("Content-Type", "application/x-www-form-urlencoded")
                .send("POST", ROOT + "/" + type + "/_search", form);
    }

    static Bundle found(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return ReferenceImplementation.read(Bundle.class, answer);
    }

    static List<String> ids(Api.Answer answer) {
        return found(answer).getEntry().stream()
                .map(entry -> entry.getResource().getIdElement().getIdPart())
                .toList();
    }

    static OperationOutcome.OperationOutcomeIssueComponent refused(Api.Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return ReferenceImplementation.read(OperationOutcome.class, answer).getIssueFirstRep();
    }
}
