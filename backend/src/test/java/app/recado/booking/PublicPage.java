package app.recado.booking;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.testing.Api;
import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.FakeGateway;
import app.recado.testing.LoopClinic;
import app.recado.testing.SettableClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A clinic with a linked line that takes bookings on its page, and anybody in front of it. */
final class PublicPage {

    final LoopClinic loop;
    final UUID service;
    final UUID practitioner;
    private final Api nobody;

    private PublicPage(LoopClinic loop, Api nobody) {
        this.loop = loop;
        this.nobody = nobody;
        this.service =
                UUID.fromString(loop.clinic.owner().get("/healthcare-services").at("/items/0/id"));
        this.practitioner =
                UUID.fromString(loop.clinic.owner().get("/practitioners").at("/items/0/id"));
    }

    static PublicPage open(Clinics clinics, SettableClock clock, OutboxWorker worker) {
        var loop = LoopClinic.open(clinics, clock, worker);
        var nobody = new Api(clinics.server() + "/api/v1/public/booking/clinic-" + loop.clinic.id(), Map.of());
        var page = new PublicPage(loop, nobody);
        page.settings(Map.of("enabled", true));
        return page;
    }

    /** Changes some of the settings; the rest stays, or is as most clinics have it. */
    void settings(Map<String, Object> change) {
        var owner = loop.clinic.owner();
        var now = owner.get("/booking-page");
        var body = new HashMap<String, Object>(Map.of(
                "enabled",
                now.json().path("enabled").asBoolean(),
                "byHand",
                false,
                "noticeMinutes",
                120,
                "horizonDays",
                30,
                "changeNoticeMinutes",
                1440,
                "phone",
                "011 4555-0148",
                "serviceIds",
                List.of(service)));
        body.putAll(change);
        var answer = owner.ifMatch(now.etag()).put("/booking-page", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    Api nobody() {
        return nobody;
    }

    Api with(String token) {
        return nobody.with("Booking-Token", token);
    }

    Map<String, Object> time(String start) {
        return Map.of("healthcareServiceId", service, "practitionerId", practitioner, "start", start);
    }

    Answer begins(String start) {
        return nobody.post("/bookings", time(start));
    }

    /** The token of a form that holds a time. */
    String holding(String start) {
        var held = begins(start);
        assertThat(held.status()).as(held.text()).isEqualTo(201);
        return held.at("/token");
    }

    Answer asksForCode(String form, String phone) {
        return with(form).post("/bookings/code", Map.of("phone", phone, "language", "es"));
    }

    /** The code that was sent last to a phone. */
    String codeAt(String e164) {
        loop.turn();
        var command = FakeGateway.shared().acceptedFor(loop.line).stream()
                .filter(sent -> sent.to.equals(e164))
                .reduce((first, second) -> second)
                .orElseThrow();
        command.state = "sent"; // so that the next one to this phone may leave
        loop.hears(loop.voice.messageIs(command, "sending"), loop.voice.messageIs(command, "sent"));
        return command.text.substring(0, 6);
    }

    Answer confirms(String form, String code, String givenName, @Nullable String familyName) {
        var body = new HashMap<String, @Nullable Object>();
        body.put("code", code);
        body.put("givenName", givenName);
        body.put("familyName", familyName);
        return with(form).post("/bookings/confirm", body);
    }

    /** A visit of somebody, booked as people do. */
    Answer books(String start, String phone, String givenName, String familyName) {
        var form = holding(start);
        var sent = asksForCode(form, phone);
        assertThat(sent.status()).as(sent.text()).isEqualTo(202);
        var booked = confirms(form, codeAt(sent.at("/phone")), givenName, familyName);
        assertThat(booked.status()).as(booked.text()).isEqualTo(200);
        return booked;
    }

    /** The agenda of some days, as the desk sees it. */
    Answer agenda() {
        return loop.clinic.receptionist().get("/appointments?from=2026-11-23&to=2026-12-20");
    }

    List<String> starts(Answer slots) {
        assertThat(slots.status()).as(slots.text()).isEqualTo(200);
        return slots.json()
                .path("items")
                .valueStream()
                .map(slot -> slot.path("start").asString())
                .toList();
    }
}
