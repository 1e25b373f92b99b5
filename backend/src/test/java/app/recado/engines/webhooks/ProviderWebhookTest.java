package app.recado.engines.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.engines.CloudApiLine;
import app.recado.engines.provider.Hmac;
import app.recado.engines.twilio.TwilioWebhookTest;
import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.FakeProviders;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.StubProvider;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@RecadoTest
class ProviderWebhookTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    MeterRegistry metrics;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @BeforeEach
    void monday() {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
        FakeProviders.frontDoorLeadsTo(clinics.server());
    }

    private static int inbound(Clinics.Clinic clinic) {
        return clinic.owner().get("/inbound-messages").json().path("items").size();
    }

    private double counted(String engine, String outcome) {
        var counter = metrics.find("recado.webhooks")
                .tags("engine", engine, "outcome", outcome)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void the_platform_is_told_its_challenge_only_with_the_lines_verify_token() {
        var line = CloudApiLine.linked(clinics);
        var ask = line.webhook() + "?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=";

        var right = clinics.anonymous().get(ask + CloudApiLine.VERIFY);
        assertThat(right.status()).isEqualTo(200);
        assertThat(right.text()).isEqualTo("1158201444");
        assertThat(right.header("Content-Type")).startsWith("text/plain");
        assertThat(clinics.anonymous().get(ask + "wrong").status()).isEqualTo(401);
        assertThat(clinics.anonymous().get(line.webhook()).status()).isEqualTo(401);
    }

    @Test
    void a_wrong_signature_is_refused_counted_and_stores_nothing() {
        var line = CloudApiLine.linked(clinics);
        double before = counted("cloud-api", "not-genuine");
        var body = "{\"object\":\"whatsapp_business_account\",\"entry\":[]}".getBytes(StandardCharsets.UTF_8);

        assertThat(line.delivers(body, "another-secret-of-somebody").status()).isEqualTo(401);
        assertThat(clinics.anonymous()
                        .with("Content-Type", "application/json")
                        .send("POST", line.webhook(), body)
                        .status())
                .isEqualTo(401);
        assertThat(counted("cloud-api", "not-genuine") - before).isEqualTo(2);
        assertThat(inbound(line.clinic)).isZero();
        assertThat(line.delivers(body, CloudApiLine.SECRET).status()).isEqualTo(200);
    }

    @Test
    void a_delivery_repeated_is_answered_and_stored_once() {
        var line = CloudApiLine.linked(clinics);

        assertThat(line.text("wamid.A", "Hola", "").status()).isEqualTo(200);
        assertThat(line.text("wamid.A", "Hola", "").status()).isEqualTo(200);

        assertThat(inbound(line.clinic)).isEqualTo(1);
    }

    @Test
    void nothing_is_taken_for_another_account_or_number_of_the_same_app() {
        var line = CloudApiLine.linked(clinics);
        var text =
                "\"messages\":[{\"from\":\"5491123456789\",\"id\":\"w\",\"timestamp\":\"1795435200\",\"type\":\"text\",\"text\":{\"body\":\"x\"}}]";

        assertThat(line.delivers("999999", line.number, text).status()).isEqualTo(200);
        assertThat(line.delivers(line.account, "999999", text).status()).isEqualTo(200);

        assertThat(inbound(line.clinic)).isZero();
    }

    @Test
    void an_address_nobody_has_and_one_of_another_engine_are_not_there() {
        var line = CloudApiLine.linked(clinics);
        var other = line.webhook().replace("/cloud-api/", "/twilio/");

        assertThat(clinics.anonymous()
                        .send("POST", "/webhooks/v1/cloud-api/" + UUID.randomUUID(), "{}")
                        .status())
                .isEqualTo(404);
        assertThat(clinics.anonymous().send("POST", other, "").status()).isEqualTo(404);
        assertThat(clinics.anonymous()
                        .send("POST", "/webhooks/v1/cloud-api/nobody", "{}")
                        .status())
                .isIn(400, 404);
    }

    @Test
    void a_delivery_that_is_too_large_or_no_json_is_refused() {
        var line = CloudApiLine.linked(clinics);

        assertThat(line.delivers(new byte[1024 * 1024 + 1], CloudApiLine.SECRET).status())
                .isEqualTo(413);
        assertThat(line.delivers("[truncated".getBytes(StandardCharsets.UTF_8), CloudApiLine.SECRET)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void what_comes_while_the_credentials_cannot_be_opened_is_asked_for_again() {
        var line = CloudApiLine.linked(clinics);
        var webhook = line.webhook();
        line.clinic.inside(() -> transaction.executeWithoutResult(status -> jdbc.sql(
                        "update whatsapp_line_credentials set sealed = 'v1.00000000.AAAA' where organization_id = ?")
                .param(line.clinic.id())
                .update()));

        assertThat(clinics.anonymous().send("POST", webhook, "{}").status()).isEqualTo(503);
        assertThat(line.clinic.owner().get(line.path()).at("/cause")).isEqualTo("credentials-unreadable");
    }

    private static final String SID = "AC0123456789abcdef0123456789abcdef";

    private Api.Answer twilio(String webhook, String path, Map<String, String> form, String token) {
        var text = new StringBuilder(FakeProviders.FRONT_DOOR.url() + webhook + path);
        new TreeMap<>(form).forEach((name, value) -> text.append(name).append(value));
        var signature = Base64.getEncoder()
                .encodeToString(Hmac.of("HmacSHA1", token, text.toString().getBytes(StandardCharsets.UTF_8)));
        return clinics.anonymous()
                .with("X-Twilio-Signature", signature)
                .with("Content-Type", "application/x-www-form-urlencoded")
                .send("POST", webhook + path, TwilioWebhookTest.bytes(form));
    }

    @Test
    void a_twilio_form_is_answered_with_empty_twiml_once_its_signature_fits_the_public_address() {
        var token = "0123456789abcdef0123456789abcdef";
        var clinic = clinics.open();
        FakeProviders.of(
                FakeProviders.TWILIO,
                SID,
                asked -> StubProvider.Answer.json(200, "{\"status\":\"active\",\"friendly_name\":\"Clínica\"}"));
        var id = clinic.owner()
                .post("/whatsapp-lines", Map.of("name", "Twilio", "engine", "twilio"))
                .id();
        var line = "/whatsapp-lines/" + id;
        var set = clinic.owner()
                .ifMatch(clinic.owner().get(line).etag())
                .put(
                        line + "/credentials",
                        Map.of("twilio", Map.of("accountSid", SID, "authToken", token, "from", "+14155238886")));
        assertThat(set.status()).as(set.text()).isEqualTo(200);
        var webhook =
                set.at("/webhookUrl").substring(FakeProviders.FRONT_DOOR.url().length());
        assertThat(set.at("/fallbackUrl")).endsWith(webhook + "/fallback");
        var form = new LinkedHashMap<>(Map.of(
                "AccountSid", SID,
                "MessageSid", "SM01",
                "From", "whatsapp:+5491123456789",
                "To", "whatsapp:+14155238886",
                "Body", " Hola ",
                "NumMedia", "0"));

        var taken = twilio(webhook, "", form, token);

        assertThat(taken.status()).as(taken.text()).isEqualTo(200);
        assertThat(taken.header("Content-Type")).startsWith("text/xml");
        assertThat(taken.text()).contains("<Response></Response>");
        assertThat(twilio(webhook, "/fallback", form, token).status()).isEqualTo(200);
        assertThat(inbound(clinic)).isEqualTo(1);
        assertThat(twilio(webhook, "", form, "another-token").status()).isEqualTo(401);
        form.put("To", "whatsapp:+14155230000");
        assertThat(twilio(webhook, "", form, token).status()).isEqualTo(404);
        assertThat(inbound(clinic)).isEqualTo(1);

        var test = clinic.owner().post(line + "/self-test", null);
        assertThat(test.json()
                        .path("checks")
                        .valueStream()
                        .filter(check -> !check.path("ok").asBoolean())
                        .map(check -> check.path("code").asString()))
                .containsExactly("templates-missing");
    }

    @Test
    void an_evolution_server_is_known_by_its_path_and_its_key_is_kept_nowhere() {
        var clinic = clinics.open();
        var instance = "clinica-" + clinic.id();
        FakeProviders.of(
                FakeProviders.EVOLUTION,
                instance,
                asked -> asked.path().endsWith("/instance/create")
                        ? StubProvider.Answer.json(
                                201,
                                asked.json().has("number")
                                        ? "{\"qrcode\":{\"code\":\"2@evolution-secret-code\",\"pairingCode\":\"ABCD1234\"}}"
                                        : "{\"qrcode\":{\"code\":\"2@evolution-secret-code\"}}")
                        : StubProvider.Answer.json(404, "{\"status\":404}"));
        var id = clinic.owner()
                .post("/whatsapp-lines", Map.of("name", "Evolution", "engine", "evolution"))
                .id();
        var line = "/whatsapp-lines/" + id;
        var set = clinic.owner()
                .ifMatch(clinic.owner().get(line).etag())
                .put(
                        line + "/credentials",
                        Map.of(
                                "evolution",
                                Map.of(
                                        "baseUrl",
                                        FakeProviders.EVOLUTION.url(),
                                        "apiKey",
                                        "the-evolution-key",
                                        "instance",
                                        instance)));
        assertThat(set.status()).as(set.text()).isEqualTo(200);
        assertThat(set.json().path("webhookUrl").isNull()).isTrue();

        var started = clinic.owner().post(line + "/start", null);
        assertThat(started.at("/state")).as(started.text()).isEqualTo("pairing");
        assertThat(started.at("/qr/value")).isEqualTo("2@evolution-secret-code");
        assertThat(clinic.practitioner().get(line).json().path("qr").isNull()).isTrue();
        var byCode = clinic.receptionist().post(line + "/pairing-code", Map.of("phone", "011 15-5000-0000"));
        assertThat(byCode.at("/pairingCode/value")).as(byCode.text()).isEqualTo("ABCD1234");
        var hook = FakeProviders.EVOLUTION.last().json().at("/webhook/url").asString();
        var path = hook.substring(FakeProviders.FRONT_DOOR.url().length());
        var open =
                "{\"event\":\"connection.update\",\"instance\":\"%s\",\"apikey\":\"the-evolution-key\",\"data\":{\"state\":\"open\",\"wuid\":\"5491150000000@s.whatsapp.net\"}}"
                        .formatted(instance);
        var text =
                "{\"event\":\"messages.upsert\",\"instance\":\"%s\",\"apikey\":\"the-evolution-key\",\"data\":{\"key\":{\"remoteJid\":\"5491123456789@s.whatsapp.net\",\"fromMe\":false,\"id\":\"3A01\"},\"pushName\":\"Ana\",\"message\":{\"conversation\":\"Hola\"},\"messageTimestamp\":1795435200}}"
                        .formatted(instance);

        assertThat(clinics.anonymous().send("POST", path, open).status()).isEqualTo(200);
        assertThat(clinics.anonymous().send("POST", path, text).status()).isEqualTo(200);
        assertThat(clinics.anonymous().send("POST", path, text).status()).isEqualTo(200);
        var wrong = path.substring(0, path.lastIndexOf('/')) + "/0000";
        assertThat(clinics.anonymous()
                        .send("POST", wrong, text.replace("3A01", "3A02"))
                        .status())
                .isEqualTo(401);
        assertThat(clinics.anonymous()
                        .send("POST", path, text.replace(instance, "other"))
                        .status())
                .isEqualTo(404);

        var read = clinic.owner().get(line);
        assertThat(read.at("/state")).isEqualTo("linked");
        assertThat(read.at("/phone")).isEqualTo("+5491150000000");
        assertThat(clinic.owner()
                        .post(line + "/pairing-code", Map.of("phone", "011 15-5000-0000"))
                        .code())
                .isEqualTo("line-not-in-that-state");
        assertThat(inbound(clinic)).isEqualTo(1);
        var kept = clinic.inside(() ->
                transaction.execute(status -> jdbc.sql("""
                        select string_agg(t, ' ') from (
                          select to_jsonb(x)::text t from inbound_message x union all select to_jsonb(x)::text from whatsapp_line x
                          union all select to_jsonb(x)::text from whatsapp_line_credentials x
                          union all select to_jsonb(x)::text from whatsapp_line_transition x
                          union all select to_jsonb(x)::text from stored_answer x) all_of_it
                        """).query(String.class).single()));
        assertThat(kept)
                .contains("Hola")
                .doesNotContain("the-evolution-key")
                .doesNotContain("secret-code")
                .doesNotContain("ABCD1234");
    }
}
