package app.recado.engines.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.engines.EngineSettings;
import app.recado.engines.TestBytes;
import app.recado.engines.TestEngines;
import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.provider.Provider;
import app.recado.engines.provider.SendOutcome;
import app.recado.kernel.outgoing.OutgoingHttp;
import app.recado.testing.StubProvider;
import app.recado.whatsapp.Payload;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwilioTest {

    private static final LineCredentials.Twilio LINE =
            new LineCredentials.Twilio("AC0123456789abcdef0123456789abcdef", "token", "+14155238886");

    private final StubProvider server = new StubProvider();
    private final OutgoingHttp http = TestEngines.http();
    private @Nullable String mediaAddress;
    private final Twilio twilio = new Twilio(
            http,
            new EngineSettings.Twilio(URI.create(server.url()), URI.create(server.url()), Set.of("127.0.0.1")),
            message -> Optional.ofNullable(mediaAddress));

    @AfterEach
    void close() throws Exception {
        server.close();
        http.close();
    }

    private SendOutcome send(Payload payload, @Nullable String mediaAddress) {
        this.mediaAddress = mediaAddress;
        return twilio.send(
                LINE,
                new Provider.Outgoing(
                        UUID.randomUUID(),
                        "+5491123456789",
                        payload,
                        TestBytes.body(mediaAddress == null ? null : new byte[] {1}),
                        "https://recado.example/status?message=1"));
    }

    private String form() {
        return URLDecoder.decode(server.last().text(), StandardCharsets.UTF_8);
    }

    @Test
    void a_text_is_a_form_with_both_numbers_and_where_to_report() {
        server.answers(201, "{\"sid\":\"SM01\",\"status\":\"queued\",\"error_code\":null}");

        assertThat(send(new Payload.Text("Hola & chau"), null)).isEqualTo(new SendOutcome.Sent("SM01"));
        assertThat(server.last().path())
                .isEqualTo("/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Messages.json");
        assertThat(server.last().header("Authorization")).startsWith("Basic ");
        assertThat(form())
                .contains("From=whatsapp:+14155238886")
                .contains("To=whatsapp:+5491123456789")
                .contains("Body=Hola & chau")
                .contains("StatusCallback=https://recado.example/status?message=1");
    }

    @Test
    void somebody_without_a_number_is_written_to_by_their_user_id() {
        server.answers(201, "{\"sid\":\"SM01\"}");
        var text = new Payload.Text("Hola");

        twilio.send(LINE, new Provider.Outgoing(UUID.randomUUID(), "AR.13491208655302741918", text, null, null));

        assertThat(form()).contains("To=whatsapp:AR.13491208655302741918");
    }

    @Test
    void a_template_is_content_with_numbered_variables() {
        server.answers(201, "{\"sid\":\"SM01\"}");
        send(new Payload.Template("HX01", null, List.of("Ana", "10:00"), List.of(), "Hola"), null);

        assertThat(form()).contains("ContentSid=HX01").contains("ContentVariables={\"1\":\"Ana\",\"2\":\"10:00\"}");
    }

    @Test
    void media_needs_an_address_that_twilio_can_reach() {
        server.answers(201, "{\"sid\":\"SM01\"}");
        var image = new Payload.Image(new Payload.MediaRef("k", "image/png", 1, "00"), "mirá");

        assertThat(send(image, "https://recado.example/m/1")).isInstanceOf(SendOutcome.Sent.class);
        assertThat(form()).contains("MediaUrl=https://recado.example/m/1").contains("Body=mirá");
        assertThat(send(image, null)).isEqualTo(new SendOutcome.Failed("media-missing"));
    }

    @Test
    void a_voice_note_goes_as_a_recording_without_words() {
        server.answers(201, "{\"sid\":\"SM01\"}");
        var voice = new Payload.Voice(new Payload.MediaRef("k", "audio/ogg", 1, "00"), 12);

        assertThat(send(voice, "https://recado.example/m/1")).isInstanceOf(SendOutcome.Sent.class);
        assertThat(form()).contains("MediaUrl=https://recado.example/m/1").doesNotContain("Body=");
        assertThat(send(voice, null)).isEqualTo(new SendOutcome.Failed("media-missing"));
    }

    @Test
    void a_picture_that_whatsapp_would_not_take_is_not_tried() {
        var large = new Payload.MediaRef("k", "image/jpeg", 5_000_001, "00");
        var sticker = new Payload.MediaRef("k", "image/webp", 1, "00");

        assertThat(send(new Payload.Image(large, null), "https://recado.example/m/1"))
                .isEqualTo(new SendOutcome.Failed("media-too-large"));
        assertThat(send(new Payload.Image(sticker, null), "https://recado.example/m/1"))
                .isEqualTo(new SendOutcome.Failed("media-type-unsupported"));
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void a_place_is_an_action_and_a_contact_is_words() {
        server.answers(201, "{\"sid\":\"SM01\"}").answers(201, "{\"sid\":\"SM02\"}");
        send(new Payload.Location(-34.6, -58.4, "Clínica|x", null), null);
        assertThat(form()).contains("PersistentAction=geo:-34.6,-58.4|Clínica x");

        send(new Payload.Contact("Recepción", List.of("+5491150000000")), null);
        assertThat(form()).contains("Recepción\n+5491150000000");
    }

    @ParameterizedTest
    @CsvSource({
        "429,20429,Retry,rate-limited",
        "429,63018,Retry,rate-limited",
        "400,63016,Failed,window-closed",
        "400,63024,Failed,undeliverable",
        "400,21211,Failed,undeliverable",
        "401,20003,HaltLine,authorization-failed",
        "400,63007,HaltLine,number-unknown",
        "400,99999,Failed,rejected-by-network",
        "503,99999,Unknown,no-acknowledgement",
        "429,0,Retry,rate-limited"
    })
    void each_error_has_one_meaning(int status, int code, String outcome, String reason) {
        server.answers(status, "{\"code\":%d,\"message\":\"x\",\"status\":%d}".formatted(code, status));

        var got = send(new Payload.Text("Hola"), null);

        assertThat(got.getClass().getSimpleName()).isEqualTo(outcome);
        assertThat(got.toString()).contains(reason);
    }

    @Test
    void media_is_fetched_with_credentials_that_the_store_behind_does_not_see() {
        server.then(new StubProvider.Answer(307, new byte[0], Map.of("Location", server.url() + "/cdn/1?sig=x")))
                .then(new StubProvider.Answer(200, new byte[] {9}, Map.of("Content-Type", "image/jpeg")));

        var got = twilio.fetch(LINE, server.url() + "/2010-04-01/Accounts/AC/Messages/MM/Media/ME", new TestBytes());

        assertThat(got).isInstanceOf(Provider.Fetched.Kept.class);
        assertThat(server.asked().getFirst().header("Authorization")).isNotNull();
        assertThat(server.last().header("Authorization")).isNull();
        assertThat(twilio.fetch(LINE, "http://localhost:1/x", new TestBytes()))
                .isInstanceOf(Provider.Fetched.Gone.class);
    }

    @Test
    void checking_tells_whether_the_account_is_accepted_and_active() {
        server.answers(200, "{\"sid\":\"AC\",\"friendly_name\":\"Clínica\",\"status\":\"active\"}")
                .answers(200, "{\"sid\":\"AC\",\"friendly_name\":\"Clínica\",\"status\":\"suspended\"}")
                .answers(401, "{\"code\":20003}");

        assertThat(twilio.check(LINE)).isEqualTo(Provider.Standing.linked("+14155238886", "Clínica"));
        assertThat(twilio.check(LINE)).isEqualTo(Provider.Standing.halted("banned"));
        assertThat(twilio.check(LINE)).isEqualTo(Provider.Standing.halted("authorization-failed"));
    }
}
