package app.recado.engines.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.FakeProviders;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.StaffMessages;
import app.recado.testing.StubProvider;
import app.recado.testing.TestMedia;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Pictures and documents on a Twilio line, which fetches them itself. */
@RecadoTest
class MediaAddressTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker outbox;

    @Autowired
    StaffMessages staff;

    @Autowired
    MeterRegistry metrics;

    private final String account = "AC" + UUID.randomUUID().toString().replace("-", "");
    private Clinics.@Nullable Clinic clinic;
    private @Nullable UUID line;
    private @Nullable FakeProviders twilio;

    @BeforeEach
    void aTwilioLine() {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
        FakeProviders.frontDoorLeadsTo(clinics.server());
        twilio = FakeProviders.of(
                FakeProviders.TWILIO,
                account,
                asked -> asked.method().equals("GET")
                        ? StubProvider.Answer.json(200, "{\"status\":\"active\"}")
                        : StubProvider.Answer.json(201, "{\"sid\":\"SM01\"}"));
        var made = clinics.open();
        clinic = made;
        line = made.owner()
                .post("/whatsapp-lines", Map.of("name", "Twilio", "engine", "twilio"))
                .id();
        var path = "/whatsapp-lines/" + line;
        made.owner()
                .ifMatch(made.owner().get(path).etag())
                .put(
                        path + "/credentials",
                        Map.of(
                                "twilio",
                                Map.of(
                                        "accountSid",
                                        account,
                                        "authToken",
                                        "0123456789abcdef0123456789abcdef",
                                        "from",
                                        "+14155238886")));
        assertThat(made.owner().post(path + "/start", null).at("/state")).isEqualTo("linked");
    }

    private @Nullable UUID message;

    /** Sends a picture and answers the path of the address that Twilio was told. */
    private String sends() throws Exception {
        var owner = Objects.requireNonNull(clinic);
        var key = owner.id() + "/2026/11/" + UUID.randomUUID();
        TestMedia.put(key, TestMedia.PNG);
        var sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(TestMedia.PNG));
        message = staff.write(
                owner,
                Objects.requireNonNull(line),
                "+5491123456789",
                "manual",
                "{\"kind\":\"image\",\"caption\":\"El frente\",\"media\":{\"key\":\"%s\",\"contentType\":\"image/png\",\"size\":%d,\"sha256\":\"%s\"}}"
                        .formatted(key, TestMedia.PNG.length, sha256));
        outbox.runDue();
        var form = URLDecoder.decode(
                Objects.requireNonNull(twilio).messages().getLast().text(), StandardCharsets.UTF_8);
        var address = form.replaceFirst("(?s).*MediaUrl=([^&]+).*", "$1");
        assertThat(address).startsWith(FakeProviders.FRONT_DOOR.url() + "/webhooks/v1/media/");
        return address.substring(FakeProviders.FRONT_DOOR.url().length());
    }

    private Api.Answer get(String path) {
        return clinics.anonymous().get(path);
    }

    private double counted(String outcome) {
        var counter =
                metrics.find("recado.media.addresses").tag("outcome", outcome).counter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void a_picture_can_be_fetched_from_the_address_twilio_is_told_whole_or_in_part() throws Exception {
        var path = sends();
        assertThat(path)
                .doesNotContain(Objects.requireNonNull(message).toString())
                .doesNotContain(Objects.requireNonNull(clinic).id().toString());

        var whole = get(path);
        assertThat(whole.status()).as(whole.text()).isEqualTo(200);
        assertThat(whole.header("Content-Type")).isEqualTo("image/png");
        assertThat(whole.header("Content-Length")).isEqualTo(String.valueOf(TestMedia.PNG.length));
        assertThat(whole.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(whole.header("Content-Disposition")).isEqualTo("attachment");
        assertThat(whole.header("Cache-Control")).contains("no-store");
        var head = clinics.anonymous().send("HEAD", path, null);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Length")).isEqualTo(String.valueOf(TestMedia.PNG.length));
        assertThat(head.text()).isEmpty();
        var part = clinics.anonymous().with("Range", "bytes=1-3").get(path);
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo("PNG");
    }

    @Test
    void an_address_ends_after_ten_minutes() throws Exception {
        var path = sends();
        clock.advance(Duration.ofMinutes(10).minusSeconds(1));
        assertThat(get(path).status()).isEqualTo(200);

        clock.advance(Duration.ofSeconds(1));

        assertThat(get(path).status()).isEqualTo(404);
    }

    @Test
    void everything_that_was_not_handed_out_is_nothing_and_is_counted() throws Exception {
        var path = sends();
        double before = counted("wrong");
        int at = path.length() / 2;
        var altered = path.substring(0, at) + (path.charAt(at) == 'A' ? 'B' : 'A') + path.substring(at + 1);
        for (var wrong : List.of(altered, path + "A", path.substring(0, path.length() - 2), "/webhooks/v1/media/x.y")) {
            assertThat(get(wrong).status()).as(wrong).isEqualTo(404);
            assertThat(get(wrong).code()).isEqualTo("not-found");
        }
        assertThat(counted("wrong") - before).isEqualTo(8);
        assertThat(get("/webhooks/v1/media/").status()).isEqualTo(404);
        assertThat(get("/webhooks/v1/media").status()).isEqualTo(404);
    }

    @Test
    void an_address_works_a_few_times_only() throws Exception {
        var path = sends();
        for (int i = 0; i < PublicMedia.MOST_FETCHES; i++) {
            assertThat(get(path).status()).isEqualTo(200);
        }
        assertThat(get(path).status()).isEqualTo(404);
    }

    @Test
    void what_never_left_cannot_be_fetched() throws Exception {
        Objects.requireNonNull(twilio).next(400, "{\"code\":63016}");
        assertThat(get(sends()).status()).isEqualTo(404);
    }
}
