package app.recado.notifications;

import static app.recado.testing.LoopClinic.at;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@RecadoTest
class MessagePreviewTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Test
    void a_text_is_shown_as_the_patient_of_a_visit_would_read_it_and_a_message_says_what_it_was_worded_from() {
        clock.set(at("2026-11-24T12:00:00Z"));
        var loop = LoopClinic.open(clinics, clock, worker);
        var desk = loop.clinic.receptionist();
        var main = loop.clinic.owner().get("/locations").at("/items/0/id");
        var place = loop.clinic.owner().get("/locations/" + main);
        assertThat(loop.clinic
                        .owner()
                        .ifMatch(place.etag())
                        .put("/locations/" + main, Map.of("name", "Sede Sur", "address", "Belgrano 12", "active", true))
                        .status())
                .isEqualTo(200);
        var visit = loop.books(loop.patient("Ana", "+5491123456789"), "2026-11-26T13:00:00Z")
                .id();
        var words = "{{patient.givenName}}, {{appointment.time}}"
                + "{{#location.address}} en {{location.address}}{{/location.address}}"
                + "{{#insurance.name}} por {{insurance.name}}{{/insurance.name}}.";

        var preview = desk.post("/appointments/" + visit + "/message-preview", Map.of("language", "es", "body", words));
        assertThat(preview.at("/text")).isEqualTo("Ana, 10:00 en Belgrano 12.");
        assertThat(loop.clinic
                        .practitioner()
                        .post("/appointments/" + visit + "/message-preview", Map.of("language", "es", "body", words))
                        .code())
                .isEqualTo("forbidden");

        var text = desk.get("/message-templates")
                .json()
                .at("/items")
                .valueStream()
                .filter(one -> one.at("/kind").asString().equals("confirmation")
                        && one.at("/language").asString().equals("es"))
                .findFirst()
                .orElseThrow();
        desk.ifMatch("\"v0\"").put("/message-templates/" + text.at("/id").asString(), Map.of("body", words));
        assertThat(loop.message(visit, "confirmation").at("/template").isNull()).isTrue();
        loop.turn();
        var sent = loop.message(visit, "confirmation");
        assertThat(sent.at("/text").asString()).isEqualTo("Ana, 10:00 en Belgrano 12.");
        assertThat(sent.at("/template/id")).isEqualTo(text.at("/id"));
        assertThat(sent.at("/template/number").asInt()).isOne();
    }
}
