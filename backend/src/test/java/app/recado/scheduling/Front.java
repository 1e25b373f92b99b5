package app.recado.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Api;
import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A clinic with one patient, one practitioner and one service of 30 minutes, ready to book. */
record Front(Clinics.Clinic clinic, UUID patient, UUID practitioner, UUID service) {

    static Front of(Clinics.Clinic clinic) {
        return new Front(
                clinic,
                created(clinic.receptionist()
                        .post(
                                "/patients",
                                Map.of("givenName", "Ana", "familyName", "Núñez", "phone", "+5491123456789"))),
                created(clinic.owner().post("/practitioners", Map.of("displayName", "Dra. Gómez"))),
                created(clinic.owner().post("/healthcare-services", Map.of("name", "Control", "durationMinutes", 30))));
    }

    private static UUID created(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.id();
    }

    Api desk() {
        return clinic.receptionist();
    }

    UUID anotherPractitioner() {
        return created(clinic.owner().post("/practitioners", Map.of("displayName", "Dr. Ruiz")));
    }

    /** A room at the main location. */
    UUID room(String name) {
        return created(clinic.owner().post("/rooms", Map.of("name", name, "kind", "room")));
    }

    /** Another service of 30 minutes, which needs one of these rooms. */
    UUID serviceIn(UUID... rooms) {
        return created(clinic.owner()
                .post(
                        "/healthcare-services",
                        Map.of("name", "Ecografía", "durationMinutes", 30, "roomIds", List.of(rooms))));
    }

    Map<String, @Nullable Object> visitAt(String start) {
        var body = new HashMap<String, @Nullable Object>();
        body.put("patientId", patient);
        body.put("practitionerId", practitioner);
        body.put("healthcareServiceId", service);
        body.put("start", start);
        return body;
    }

    /** A booked visit. */
    Answer books(String start) {
        var answer = desk().post("/appointments", visitAt(start));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    /** An action of staff on a visit, at the version of {@code seen}. */
    Answer act(Api as, Answer seen, String action, @Nullable Object body) {
        return as.ifMatch(seen.etag()).send("POST", "/appointments/%s/%s".formatted(seen.id(), action), body);
    }

    Answer act(Answer seen, String action) {
        return act(desk(), seen, action, null);
    }

    Answer read(Answer seen) {
        return clinic.practitioner().get("/appointments/" + seen.id());
    }

    /** What the agenda itself tells of a visit; messages about it are other people's story. */
    List<String> story(Answer seen) {
        return clinic.practitioner()
                .get("/appointments/%s/timeline".formatted(seen.id()))
                .json()
                .at("/items")
                .valueStream()
                .filter(entry -> entry.at("/kind").asString().startsWith("appointment-"))
                .map(entry ->
                        entry.at("/kind").asString() + " " + entry.at("/reason").asString())
                .toList();
    }
}
