package app.recado.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.FakeGateway;
import app.recado.testing.GatewayVoice;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@RecadoTest
class WhatsAppLineTest {

    private static final String QR = "2@secret-of-the-day,abc,def";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private final FakeGateway gateway = FakeGateway.shared();
    private Clinics.Clinic clinic = new Clinics.Clinic(new UUID(0, 1), "");
    private UUID line = new UUID(0, 0);
    private GatewayVoice voice = new GatewayVoice(clinic.withoutToken(), java.time.Clock.systemUTC(), line, line);

    @BeforeEach
    void open() {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
        clinic = clinics.open();
        var created = clinic.owner().post("/whatsapp-lines", Map.of("name", "Recepción"));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        line = created.id();
        voice = new GatewayVoice(clinics.anonymous(), clock, clinic.id(), line);
    }

    private String path() {
        return "/whatsapp-lines/" + line;
    }

    @Test
    void a_line_waits_to_be_started_and_the_first_one_is_the_default() {
        var read = clinic.practitioner().get(path());

        assertThat(read.at("/state")).isEqualTo("stopped");
        assertThat(read.at("/cause")).isEqualTo("never-started");
        assertThat(read.etag()).isEqualTo("\"v0\"");
        assertThat(read.json().path("defaultLine").asBoolean()).isTrue();
        assertThat(read.at("/engine")).isEqualTo("linked-device");
    }

    @Test
    void a_clinic_has_several_lines_with_names_of_their_own_and_one_default() {
        var second = clinic.owner().post("/whatsapp-lines", Map.of("name", "Turno tarde"));

        assertThat(second.status()).as(second.text()).isEqualTo(201);
        assertThat(second.json().path("defaultLine").asBoolean()).isFalse();
        var taken = clinic.owner().post("/whatsapp-lines", Map.of("name", "RECEPCIÓN"));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.code()).isEqualTo("line-name-taken");

        var chosen = clinic.receptionist()
                .with("If-Match", "\"v0\"")
                .post("/whatsapp-lines/" + second.id() + "/make-default", null);
        assertThat(chosen.status()).as(chosen.text()).isEqualTo(200);
        var all = clinic.practitioner().get("/whatsapp-lines").json().path("items");
        assertThat(all.valueStream().map(item -> item.path("name").asString() + item.path("defaultLine")))
                .containsExactly("Turno tardetrue", "Recepciónfalse");
    }

    @Test
    void a_line_is_renamed_and_the_gateway_hears_how_it_writes_as_soon_as_it_answers() {
        clinic.owner().post(path() + "/start", null);
        gateway.isAwayFor(line);

        var edited = clinic.receptionist()
                .with("If-Match", "\"v0\"")
                .put(path(), Map.of("name", "Mostrador", "typing", false));

        assertThat(edited.status()).as(edited.text()).isEqualTo(200);
        assertThat(edited.at("/name")).isEqualTo("Mostrador");
        assertThat(edited.json().path("typing").asBoolean()).isFalse();
        assertThat(gateway.line(line).typing).isTrue();
        gateway.isBackFor(line);
        clinic.owner().post(path() + "/start", null);
        assertThat(gateway.line(line).typing).isFalse();
        assertThat(clinic.receptionist()
                        .with("If-Match", "\"v0\"")
                        .put(path(), Map.of("name", "Otra", "typing", true))
                        .status())
                .isEqualTo(412);
    }

    @Test
    void a_pairing_code_is_asked_for_a_number_of_the_clinics_country_and_goes_to_those_who_may_pair() {
        var asked = clinic.receptionist().post(path() + "/pairing-code", Map.of("phone", "011 15-2345-6789"));

        assertThat(asked.status()).as(asked.text()).isEqualTo(200);
        assertThat(gateway.line(line).pairingPhone).isEqualTo("+5491123456789");
        assertThat(asked.at("/pairingCode/value")).isEqualTo(FakeGateway.PAIRING_CODE);
        assertThat(clinic.practitioner().get(path()).json().path("pairingCode").isNull())
                .isTrue();
        assertThat(clinic.owner().get("/whatsapp-lines").text()).doesNotContain(FakeGateway.PAIRING_CODE);
        gateway.line(line).state = "linked";
        assertThat(clinic.receptionist()
                        .post(path() + "/pairing-code", Map.of("phone", "011 15-2345-6789"))
                        .code())
                .isEqualTo("line-not-in-that-state");
        assertThat(clinic.receptionist()
                        .post(path() + "/pairing-code", Map.of("phone", "call me"))
                        .at("/errors/0/code"))
                .isEqualTo("phone-invalid");
    }

    @Test
    void another_number_is_shown_and_linked_only_by_whoever_was_warned() {
        clinic.owner().post(path() + "/start", null);
        assertThat(gateway.line(line).replacePhone).isFalse();
        voice.deliver(voice.event(
                "line.state",
                Map.of(
                        "lineId",
                        line.toString(),
                        "state",
                        "needs-pairing",
                        "cause",
                        "wrong-number",
                        "otherPhone",
                        "+5491199998888")));
        gateway.isAwayFor(line);
        assertThat(clinic.receptionist().get(path()).at("/otherPhone")).isEqualTo("+5491199998888");
        gateway.isBackFor(line);

        clinic.owner().post(path() + "/start", Map.of("replacePhone", true));

        assertThat(gateway.line(line).replacePhone).isTrue();
    }

    @Test
    void starting_asks_the_gateway_and_names_the_organization() {
        var started = clinic.receptionist().post(path() + "/start", null);

        assertThat(started.status()).as(started.text()).isEqualTo(200);
        assertThat(started.at("/state")).isEqualTo("starting");
        assertThat(gateway.line(line).organizationId).isEqualTo(clinic.id().toString());
        assertThat(clinic.practitioner().post(path() + "/start", null).code()).isEqualTo("forbidden");
    }

    @Test
    void the_qr_reaches_those_who_may_pair_and_is_kept_nowhere() {
        gateway.line(line).state = "pairing";
        gateway.line(line).qr = QR;
        voice.deliver(voice.lineIs("pairing", "none"));

        var seen = clinic.receptionist().get(path());

        assertThat(seen.at("/qr/value")).isEqualTo(QR);
        assertThat(seen.header("Cache-Control")).isEqualTo("no-store");
        assertThat(clinic.practitioner().get(path()).json().path("qr").isNull()).isTrue();
        assertThat(clinic.owner().get("/whatsapp-lines").text()).doesNotContain("secret");
        assertThat(clinic.owner().post(path() + "/start", null).header("Cache-Control"))
                .isEqualTo("no-store");
        var kept = clinic.inside(() ->
                transaction.execute(status -> jdbc.sql("""
                        select string_agg(coalesce(to_jsonb(l)::text, '') || coalesce(to_jsonb(s)::text, ''), ' ')
                          from whatsapp_line l left join stored_answer s on true
                        """).query(String.class).single()));
        assertThat(kept).contains("Recepci").doesNotContain("secret-of-the-day");
    }

    @Test
    void while_the_gateway_is_away_the_last_known_state_is_shown_and_nothing_can_be_started() {
        assertThat(voice.deliver(voice.lineIs("linked", "none")).status()).isEqualTo(204);
        gateway.isAwayFor(line);

        var read = clinic.owner().get(path());

        assertThat(read.status()).isEqualTo(200);
        assertThat(read.at("/state")).isEqualTo("linked");
        assertThat(read.at("/phone")).isEqualTo("+5491150000000");
        var started = clinic.owner().post(path() + "/start", null);
        assertThat(started.status()).isEqualTo(503);
        assertThat(started.code()).isEqualTo("gateway-unavailable");
    }

    @Test
    void the_history_shows_each_change_once_and_newest_first() {
        voice.deliver(voice.lineIs("pairing", "none"), voice.lineIs("pairing", "none"));
        clock.advance(Duration.ofSeconds(20));
        var linked = voice.lineIs("linked", "none");
        voice.deliver(linked);
        voice.deliver(linked);

        var history = clinic.practitioner().get(path() + "/history").json().path("items");

        assertThat(history.valueStream().map(item -> item.path("state").asString()))
                .containsExactly("linked", "pairing");
    }

    @Test
    void another_clinics_line_cannot_be_reached() {
        var stranger = clinics.open();

        assertThat(stranger.owner().get(path()).status()).isEqualTo(404);
        assertThat(stranger.owner().post(path() + "/log-out", null).status()).isEqualTo(404);
        assertThat(gateway.line(line).cause).isEqualTo("never-started");
    }

    @Test
    void events_of_another_organizations_line_are_refused_and_change_nothing() {
        var stranger = clinics.open();
        var liar = new GatewayVoice(clinics.anonymous(), clock, stranger.id(), line);

        var refused = liar.deliver(liar.lineIs("linked", "none"));

        assertThat(refused.status()).isEqualTo(404);
        assertThat(clinic.owner().get("/whatsapp-lines").at("/items/0/state")).isEqualTo("stopped");
        var unknown = new GatewayVoice(clinics.anonymous(), clock, clinic.id(), UUID.randomUUID());
        assertThat(unknown.deliver(unknown.lineIs("linked", "none")).status()).isEqualTo(404);
    }

    @Test
    void a_delivery_counts_only_with_a_fresh_signature_over_exactly_these_bytes() {
        var body = "{\"lineId\":\"%s\",\"organizationId\":\"%s\",\"events\":[]}"
                .formatted(line, clinic.id())
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        var altered = new String(body, java.nio.charset.StandardCharsets.UTF_8)
                .replace("[]", "[ ]")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        long now = clock.instant().getEpochSecond();

        assertThat(deliver(now, FakeGateway.signature("d1", now, body), body).status())
                .isEqualTo(204);
        assertThat(deliver(now, "v1,bm90aGluZw== " + FakeGateway.signature("d1", now, body), body)
                        .status())
                .isEqualTo(204);
        assertThat(deliver(now, FakeGateway.signature("d1", now, body), altered).status())
                .isEqualTo(401);
        assertThat(deliver(now, FakeGateway.signature("d2", now, body), body).status())
                .isEqualTo(401);
        long old = now - 301;
        assertThat(deliver(old, FakeGateway.signature("d1", old, body), body).status())
                .isEqualTo(401);
        long early = now + 301;
        assertThat(deliver(early, FakeGateway.signature("d1", early, body), body)
                        .status())
                .isEqualTo(401);
        assertThat(clinics.anonymous()
                        .with("Content-Type", "application/json")
                        .send("POST", "/internal/v1/gateway/events", body)
                        .status())
                .isEqualTo(401);
    }

    private Answer deliver(long timestamp, String signature, byte[] body) {
        return clinics.anonymous()
                .with("webhook-id", "d1")
                .with("webhook-timestamp", String.valueOf(timestamp))
                .with("webhook-signature", signature)
                .with("Content-Type", "application/json")
                .send("POST", "/internal/v1/gateway/events", body);
    }

    @Test
    void an_event_that_cannot_be_read_does_not_hold_up_those_behind_it() {
        var answer = voice.deliver(
                voice.event("line.state", Map.of("lineId", line.toString(), "state", "dancing")),
                voice.event("line.sings", Map.of()),
                voice.lineIs("linked", "none"));

        assertThat(answer.status()).isEqualTo(204);
        gateway.isAwayFor(line);
        assertThat(clinic.owner().get(path()).at("/state")).isEqualTo("linked");
    }
}
