package app.recado.engines;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.engines.provider.Hmac;
import app.recado.engines.twilio.TwilioWebhookTest;
import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.FakeProviders;
import app.recado.testing.StubProvider;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A clinic with a Twilio line that is linked, and Twilio's side of it. */
public final class TwilioLine {

    public static final String TOKEN = "0123456789abcdef0123456789abcdef";
    public static final String FROM = "+14155238886";

    public final Clinics clinics;
    public final Clinics.Clinic clinic;
    public final String account = "AC" + UUID.randomUUID().toString().replace("-", "");
    public final FakeProviders platform;
    public final UUID line;
    private final String webhook;
    private final AtomicInteger ids = new AtomicInteger();

    private TwilioLine(Clinics clinics) {
        this.clinics = clinics;
        this.clinic = clinics.open();
        FakeProviders.frontDoorLeadsTo(clinics.server());
        this.platform = FakeProviders.of(FakeProviders.TWILIO, account, this::usual);
        this.line = clinic.owner()
                .post("/whatsapp-lines", Map.of("name", "Twilio", "engine", "twilio"))
                .id();
        var set = clinic.owner()
                .ifMatch(clinic.owner().get(path()).etag())
                .put(
                        path() + "/credentials",
                        Map.of("twilio", Map.of("accountSid", account, "authToken", TOKEN, "from", FROM)));
        assertThat(set.status()).as(set.text()).isEqualTo(200);
        this.webhook =
                set.at("/webhookUrl").substring(FakeProviders.FRONT_DOOR.url().length());
    }

    public static TwilioLine linked(Clinics clinics) {
        var made = new TwilioLine(clinics);
        var started = made.clinic.owner().post(made.path() + "/start", null);
        assertThat(started.at("/state")).as(started.text()).isEqualTo("linked");
        return made;
    }

    public String path() {
        return "/whatsapp-lines/" + line;
    }

    public StubProvider.Answer usual(StubProvider.Asked asked) {
        return asked.method().equals("GET")
                ? StubProvider.Answer.json(200, "{\"status\":\"active\",\"friendly_name\":\"Clínica\"}")
                : StubProvider.Answer.json(201, "{\"sid\":\"%s\"}".formatted(sid(ids.incrementAndGet())));
    }

    /** The id Twilio gave its n-th message, from 1. */
    public String sid(int n) {
        return "SM%s%d".formatted(account.substring(2, 20), n);
    }

    /** The fields of the n-th message it was asked to send, from 1. */
    public Map<String, String> sent(int n) {
        return Arrays.stream(platform.messages().get(n - 1).text().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    /** A patient writes or taps; the fields are added to what every message has. */
    public Api.Answer hears(String sid, Map<String, String> fields) {
        var form = new TreeMap<>(fields);
        form.putAll(Map.of(
                "AccountSid",
                account,
                "MessageSid",
                sid,
                "From",
                "whatsapp:+5491123456789",
                "To",
                "whatsapp:" + FROM,
                "NumMedia",
                "0"));
        var signed = new StringBuilder(FakeProviders.FRONT_DOOR.url() + webhook);
        form.forEach((name, value) -> signed.append(name).append(value));
        var signature = Base64.getEncoder()
                .encodeToString(Hmac.of("HmacSHA1", TOKEN, signed.toString().getBytes(StandardCharsets.UTF_8)));
        return clinics.anonymous()
                .with("X-Twilio-Signature", signature)
                .with("Content-Type", "application/x-www-form-urlencoded")
                .send("POST", webhook, TwilioWebhookTest.bytes(form));
    }
}
