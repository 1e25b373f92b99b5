package app.recado.engines;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.provider.Hmac;
import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.FakeProviders;
import app.recado.testing.StubProvider;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** A clinic with a Cloud API line that is linked, and the platform's side of it. */
public final class CloudApiLine {

    public static final String SECRET = "app-secret-0123456789";
    public static final String TOKEN = "EAAG-token-of-a-system-user-wxyz";
    public static final String VERIFY = "the-verify-token";

    public final Clinics clinics;
    public final Clinics.Clinic clinic;
    public final UUID line;
    public final String account =
            String.valueOf(ThreadLocalRandom.current().nextLong(100_000_000_000_000L, 999_999_999_999_999L));
    public final String number =
            String.valueOf(ThreadLocalRandom.current().nextLong(100_000_000_000L, 999_999_999_999L));
    public final FakeProviders platform;
    private final AtomicInteger ids = new AtomicInteger();

    private CloudApiLine(Clinics clinics) {
        this.clinics = clinics;
        this.clinic = clinics.open();
        this.platform = FakeProviders.of(FakeProviders.CLOUD_API, number, this::usual);
        this.line = clinic.owner()
                .post("/whatsapp-lines", Map.of("name", "Recepción", "engine", "cloud-api"))
                .id();
    }

    public static CloudApiLine linked(Clinics clinics) {
        var made = new CloudApiLine(clinics);
        FakeProviders.frontDoorLeadsTo(clinics.server());
        assertThat(made.giveCredentials(TOKEN).status()).isEqualTo(200);
        var started = made.clinic.owner().post(made.path() + "/start", null);
        assertThat(started.at("/state")).as(started.text()).isEqualTo("linked");
        return made;
    }

    public static CloudApiLine unset(Clinics clinics) {
        return new CloudApiLine(clinics);
    }

    public String path() {
        return "/whatsapp-lines/" + line;
    }

    public Map<String, Object> credentials(String token) {
        return Map.of(
                "cloudApi",
                Map.of(
                        "phoneNumberId", number,
                        "businessAccountId", account,
                        "accessToken", token,
                        "appSecret", SECRET,
                        "verifyToken", VERIFY));
    }

    public Api.Answer giveCredentials(String token) {
        return clinic.owner()
                .ifMatch(clinic.owner().get(path()).etag())
                .put(path() + "/credentials", credentials(token));
    }

    public StubProvider.Answer usual(StubProvider.Asked asked) {
        if (asked.method().equals("GET")) {
            return StubProvider.Answer.json(
                    200, "{\"display_phone_number\":\"+54 9 11 5000-0000\",\"verified_name\":\"Clínica\"}");
        }
        return StubProvider.Answer.json(
                200, "{\"messages\":[{\"id\":\"wamid.%s.%d\"}]}".formatted(number, ids.incrementAndGet()));
    }

    /** The id the platform gave its n-th message, from 1. */
    public String wamid(int n) {
        return "wamid.%s.%d".formatted(number, n);
    }

    public static String error(int code) {
        return "{\"error\":{\"code\":%d}}".formatted(code);
    }

    public String webhook() {
        var address = clinic.owner().get(path() + "/credentials").at("/webhookUrl");
        assertThat(address).startsWith(FakeProviders.FRONT_DOOR.url() + "/webhooks/v1/cloud-api/");
        return address.substring(FakeProviders.FRONT_DOOR.url().length());
    }

    public Api.Answer delivers(String value) {
        return delivers(account, number, value);
    }

    public Api.Answer delivers(String account, String toNumber, String value) {
        var body =
                ("{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"%s\",\"changes\":[{\"field\":\"messages\","
                                + "\"value\":{\"messaging_product\":\"whatsapp\",\"metadata\":{\"phone_number_id\":\"%s\"},"
                                + "\"contacts\":[{\"profile\":{\"name\":\"Ana\"},\"wa_id\":\"5491123456789\"}],%s}}]}]}")
                        .formatted(account, toNumber, value);
        return delivers(body.getBytes(StandardCharsets.UTF_8), SECRET);
    }

    /** Ana tells the platform, not the clinic, whether she wants marketing. @param value {@code stop} or {@code resume} */
    public void prefers(String value) {
        var body = """
                {"object":"whatsapp_business_account","entry":[{"id":"%s","changes":[{"field":"user_preferences","value":{
                 "messaging_product":"whatsapp","metadata":{"phone_number_id":"%s"},
                 "contacts":[{"profile":{"name":"Ana"},"wa_id":"5491123456789"}],
                 "user_preferences":[{"wa_id":"5491123456789","category":"marketing_messages","value":"%s",
                  "timestamp":%d}]}}]}]}
                """.formatted(account, number, value, 1795435200 + ids.incrementAndGet());
        assertThat(delivers(body.getBytes(StandardCharsets.UTF_8), SECRET).status())
                .isEqualTo(200);
    }

    public Api.Answer delivers(byte[] body, String secret) {
        var signature = "sha256=" + HexFormat.of().formatHex(Hmac.of("HmacSHA256", secret, body));
        return clinics.anonymous()
                .with("X-Hub-Signature-256", signature)
                .with("Content-Type", "application/json")
                .send("POST", webhook(), body);
    }

    public Api.Answer status(String wamid, String state, Map<String, Object> more) {
        var status = new HashMap<String, Object>(Map.of("id", wamid, "status", state, "timestamp", "1795435200"));
        status.putAll(more);
        return delivers("\"statuses\":[" + LineCredentials.Codec.text(status) + "]");
    }

    public Api.Answer text(String id, String body, String quoted) {
        return delivers(
                "\"messages\":[{\"from\":\"5491123456789\",\"id\":\"%s\",\"timestamp\":\"1795435200\",\"type\":\"text\",\"text\":{\"body\":\"%s\"}%s}]"
                        .formatted(id, body, quoted.isEmpty() ? "" : ",\"context\":{\"id\":\"%s\"}".formatted(quoted)));
    }
}
