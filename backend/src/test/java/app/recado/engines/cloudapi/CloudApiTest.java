package app.recado.engines.cloudapi;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.engines.EngineSettings;
import app.recado.engines.TestBytes;
import app.recado.engines.TestEngines;
import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.provider.Provider;
import app.recado.engines.provider.SendOutcome;
import app.recado.kernel.outgoing.OutgoingHttp;
import app.recado.testing.StubProvider;
import app.recado.whatsapp.ContactIds;
import app.recado.whatsapp.LineEngineKind;
import app.recado.whatsapp.Payload;
import app.recado.whatsapp.Quoted;
import app.recado.whatsapp.Recipient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudApiTest {

    private static final LineCredentials.CloudApi LINE =
            new LineCredentials.CloudApi("106540352242922", "102290129340398", "EAAtoken", "secret", "verify-me");
    private static final UUID MESSAGE = UUID.fromString("01993b1c-0000-7000-8000-000000000001");
    private static final String TAKEN = """
            {"messaging_product":"whatsapp","contacts":[{"input":"5491123456789","wa_id":"5491123456789"}],
             "messages":[{"id":"wamid.HBgN","message_status":"accepted"}]}
            """;

    private final TestBytes kept = new TestBytes();
    private final StubProvider graph = new StubProvider();
    private final OutgoingHttp http = TestEngines.http();
    private final CloudApi api =
            new CloudApi(http, new EngineSettings.CloudApi(URI.create(graph.url() + "/v25.0"), Set.of("127.0.0.1")));

    @AfterEach
    void close() throws Exception {
        graph.close();
        http.close();
    }

    private SendOutcome send(Payload payload) {
        return send(payload, null);
    }

    private SendOutcome send(Payload payload, byte @Nullable [] media) {
        return api.send(LINE, new Provider.Outgoing(MESSAGE, "+5491123456789", payload, TestBytes.body(media), null));
    }

    @Test
    void a_text_leaves_from_the_lines_number_with_its_token_and_our_id() {
        graph.answers(200, TAKEN);

        assertThat(send(new Payload.Text("Hola"))).isEqualTo(new SendOutcome.Sent("wamid.HBgN"));
        var asked = graph.last();
        assertThat(asked.method() + " " + asked.path()).isEqualTo("POST /v25.0/106540352242922/messages");
        assertThat(asked.header("Authorization")).isEqualTo("Bearer EAAtoken");
        assertThat(asked.json().path("to").asString()).isEqualTo("5491123456789");
        assertThat(asked.json().at("/text/body").asString()).isEqualTo("Hola");
        assertThat(asked.json().path("biz_opaque_callback_data").asString()).isEqualTo(MESSAGE.toString());
    }

    @Test
    void somebody_without_a_number_is_written_to_in_a_field_of_its_own() {
        graph.answers(200, TAKEN);
        var to = Recipient.of(new ContactIds(null, null, "AR.13491208655302741918", null), LineEngineKind.CLOUD_API)
                .orElseThrow();

        api.send(LINE, new Provider.Outgoing(MESSAGE, to, new Payload.Text("Hola"), null, null));

        var body = graph.last().json();
        assertThat(body.path("recipient").asString()).isEqualTo("AR.13491208655302741918");
        assertThat(body.has("to")).as("the platform would say yes and drop it").isFalse();
    }

    @Test
    void a_template_carries_its_language_and_what_fills_it() {
        graph.answers(200, TAKEN);
        send(new Payload.Template("recordatorio", "es_AR", List.of("Ana", "10:00"), List.of(), "Hola Ana"));

        var template = graph.last().json().path("template");
        assertThat(template.path("name").asString()).isEqualTo("recordatorio");
        assertThat(template.at("/language/code").asString()).isEqualTo("es_AR");
        assertThat(template.at("/components/0/type").asString()).isEqualTo("body");
        assertThat(template.at("/components/0/parameters/1/text").asString()).isEqualTo("10:00");
    }

    @Test
    void many_choices_are_a_list_whose_long_ones_stand_whole_below_their_beginning() {
        graph.answers(200, TAKEN);
        send(new Payload.Question(
                "¿Cuándo?",
                List.of(
                        new Payload.Button("time:1", "Hoy"),
                        new Payload.Button("time:2", "jue 26/11, 10:30, Dra. Gómez"),
                        new Payload.Button("time:3", "Mañana"),
                        new Payload.Button("time:more", "Otros horarios")),
                "Opciones"));

        var list = graph.last().json().path("interactive");
        assertThat(list.path("type").asString()).isEqualTo("list");
        assertThat(list.at("/body/text").asString()).isEqualTo("¿Cuándo?");
        assertThat(list.at("/action/button").asString()).isEqualTo("Opciones");
        var rows = list.at("/action/sections/0/rows");
        assertThat(rows).hasSize(4);
        assertThat(rows.path(0).toString()).isEqualTo("{\"id\":\"time:1\",\"title\":\"Hoy\"}");
        assertThat(rows.path(1).path("title").asString())
                .isEqualTo("jue 26/11, 10:30, Dra.…")
                .hasSizeLessThanOrEqualTo(24);
        assertThat(rows.path(1).path("description").asString()).isEqualTo("jue 26/11, 10:30, Dra. Gómez");
    }

    @Test
    void a_document_is_uploaded_first_and_then_named_by_its_id() {
        graph.answers(200, "{\"id\":\"4490709327384033\"}").answers(200, TAKEN);
        var media = new Payload.MediaRef("k", "application/pdf", 4, "00");

        var outcome =
                send(new Payload.Document(media, "receta.pdf", "Su receta"), "%PDF".getBytes(StandardCharsets.UTF_8));

        assertThat(outcome).isInstanceOf(SendOutcome.Sent.class);
        var upload = graph.asked().getFirst();
        assertThat(upload.path()).isEqualTo("/v25.0/106540352242922/media");
        assertThat(upload.text()).contains("%PDF").contains("application/pdf").contains("messaging_product");
        assertThat(graph.last().json().at("/document/id").asString()).isEqualTo("4490709327384033");
        assertThat(graph.last().json().at("/document/filename").asString()).isEqualTo("receta.pdf");
        assertThat(graph.last().json().at("/document/caption").asString()).isEqualTo("Su receta");
    }

    @Test
    void a_voice_note_is_uploaded_with_its_codec_and_sent_as_a_voice() {
        graph.answers(200, "{\"id\":\"4490709327384033\"}").answers(200, TAKEN);
        var media = new Payload.MediaRef("k", "audio/ogg", 4, "00");

        var outcome = send(new Payload.Voice(media, 12), "OggS".getBytes(StandardCharsets.UTF_8));

        assertThat(outcome).isInstanceOf(SendOutcome.Sent.class);
        assertThat(graph.asked().getFirst().text()).contains("audio/ogg; codecs=opus");
        assertThat(graph.last().json().path("type").asString()).isEqualTo("audio");
        assertThat(graph.last().json().path("audio").toString())
                .isEqualTo("{\"id\":\"4490709327384033\",\"voice\":true}");
    }

    @Test
    void an_upload_that_breaks_off_is_tried_again_for_nobody_has_been_written_to() {
        graph.then(StubProvider.Answer.hangUp());
        var media = new Payload.MediaRef("k", "image/png", 1, "00");

        assertThat(send(new Payload.Image(media, null), new byte[] {1})).isInstanceOf(SendOutcome.Retry.class);
        assertThat(graph.asked()).hasSize(1);
    }

    @Test
    void an_answer_names_what_it_quotes_and_a_reaction_its_message() {
        graph.answers(200, TAKEN).answers(200, TAKEN);
        send(new Payload.Text("Sí", new Quoted("wamid.ANA", false, "¿Hay lugar?")));
        assertThat(graph.last().json().at("/context/message_id").asString()).isEqualTo("wamid.ANA");

        send(new Payload.Reaction(new Quoted("wamid.ANA", false, null), "👍"));
        assertThat(graph.last().json().path("type").asString()).isEqualTo("reaction");
        assertThat(graph.last().json().at("/reaction/message_id").asString()).isEqualTo("wamid.ANA");
        assertThat(graph.last().json().at("/reaction/emoji").asString()).isEqualTo("👍");
    }

    @Test
    void places_and_contacts_have_their_own_form() {
        graph.answers(200, TAKEN).answers(200, TAKEN);
        send(new Payload.Location(-34.6, -58.38, "Clínica", "Av. Siempre Viva 742"));
        assertThat(graph.last().json().at("/location/latitude").asDouble()).isEqualTo(-34.6);

        send(new Payload.Contact("Recepción", List.of("+5491150000000")));
        assertThat(graph.last().json().at("/contacts/0/name/formatted_name").asString())
                .isEqualTo("Recepción");
        assertThat(graph.last().json().at("/contacts/0/phones/0/wa_id").asString())
                .isEqualTo("5491150000000");
    }

    @ParameterizedTest
    @CsvSource({
        "429,130429,Retry,rate-limited",
        "400,80007,Retry,rate-limited",
        "400,4,Retry,rate-limited",
        "503,2,Retry,rate-limited",
        "429,131056,Retry,pair-rate",
        "400,131048,PauseLine,sender-paused",
        "400,131049,Retry,deferred-by-network",
        "400,131047,Failed,window-closed",
        "400,131026,Failed,undeliverable",
        "400,131050,Failed,marketing-opted-out",
        "401,190,HaltLine,authorization-failed",
        "401,0,HaltLine,authorization-failed",
        "403,10,HaltLine,authorization-failed",
        "400,132001,Failed,template-refused",
        "400,100,Failed,rejected-by-network",
        "400,424242,Failed,rejected-by-network",
        "500,424242,Unknown,no-acknowledgement"
    })
    void each_error_of_the_platform_has_one_meaning(int status, int code, String outcome, String reason) {
        graph.answers(
                status,
                "{\"error\":{\"message\":\"(#%d) x\",\"type\":\"OAuthException\",\"code\":%d,\"fbtrace_id\":\"A\"}}"
                        .formatted(code, code));

        var got = send(new Payload.Text("Hola"));

        assertThat(got.getClass().getSimpleName()).isEqualTo(outcome);
        assertThat(got.toString()).contains(reason);
    }

    @Test
    void a_marketing_limit_is_waited_out_for_a_day_and_a_pair_limit_for_seconds() {
        assertThat(CloudApiErrors.of(131049))
                .isEqualTo(new SendOutcome.Retry("deferred-by-network", Duration.ofDays(1)));
        assertThat(CloudApiErrors.of(131056)).isEqualTo(new SendOutcome.Retry("pair-rate", Duration.ofSeconds(10)));
    }

    @Test
    void a_server_that_hangs_up_after_the_request_leaves_it_unknown() {
        graph.then(StubProvider.Answer.hangUp());

        assertThat(send(new Payload.Text("Hola"))).isInstanceOf(SendOutcome.Unknown.class);
        assertThat(graph.asked()).hasSize(1);
    }

    @Test
    void a_server_that_cannot_be_reached_has_certainly_taken_nothing() {
        graph.close();

        assertThat(send(new Payload.Text("Hola"))).isEqualTo(new SendOutcome.Retry("provider-unreachable", null));
    }

    @Test
    void a_redirect_is_not_followed_with_the_token() {
        graph.then(new StubProvider.Answer(302, new byte[0], Map.of("Location", graph.url() + "/elsewhere")));

        assertThat(send(new Payload.Text("Hola"))).isInstanceOf(SendOutcome.Failed.class);
        assertThat(graph.asked()).hasSize(1);
    }

    @Test
    void marking_as_read_may_show_typing() {
        graph.answers(200, "{\"success\":true}");

        assertThat(api.markRead(LINE, "wamid.IN", true)).isTrue();
        assertThat(graph.last().json().path("status").asString()).isEqualTo("read");
        assertThat(graph.last().json().path("message_id").asString()).isEqualTo("wamid.IN");
        assertThat(graph.last().json().at("/typing_indicator/type").asString()).isEqualTo("text");
    }

    @Test
    void media_is_looked_up_and_fetched_with_the_token_from_the_platforms_hosts_only() {
        graph.answers(200, "{\"url\":\"%s/m\",\"mime_type\":\"image/jpeg\",\"file_size\":3}".formatted(graph.url()))
                .then(new StubProvider.Answer(200, new byte[] {1, 2, 3}, Map.of("Content-Type", "image/jpeg")));

        assertThat(api.fetch(LINE, "1234", kept)).isInstanceOf(Provider.Fetched.Kept.class);
        assertThat(kept.kept).containsExactly(1, 2, 3);
        assertThat(graph.last().header("Authorization")).isEqualTo("Bearer EAAtoken");

        graph.answers(200, "{\"url\":\"http://localhost:1/steal\",\"mime_type\":\"image/jpeg\",\"file_size\":3}");
        assertThat(api.fetch(LINE, "1234", kept)).isInstanceOf(Provider.Fetched.Gone.class);
        assertThat(api.fetch(LINE, "../me", kept)).isInstanceOf(Provider.Fetched.Gone.class);
    }

    @Test
    void media_beyond_the_limit_is_not_fetched() {
        graph.answers(
                200, "{\"url\":\"%s/m\",\"mime_type\":\"video/mp4\",\"file_size\":16000001}".formatted(graph.url()));

        assertThat(api.fetch(LINE, "1234", kept)).isInstanceOf(Provider.Fetched.TooLarge.class);
        assertThat(graph.asked()).hasSize(1);
    }

    @Test
    void checking_tells_the_number_or_what_is_wrong() {
        graph.answers(
                        200,
                        "{\"display_phone_number\":\"+54 9 11 5000-0000\",\"verified_name\":\"Clínica\",\"id\":\"1\"}")
                .answers(401, "{\"error\":{\"code\":190}}")
                .answers(400, "{\"error\":{\"code\":100}}");

        assertThat(api.check(LINE)).isEqualTo(Provider.Standing.linked("+5491150000000", "Clínica"));
        assertThat(api.check(LINE)).isEqualTo(Provider.Standing.halted("authorization-failed"));
        assertThat(api.check(LINE)).isEqualTo(Provider.Standing.halted("number-unknown"));
    }

    /** The vector of the platform's documentation. */
    @Test
    void the_signature_is_over_exactly_these_bytes() {
        var header = "sha256=0329a06b62cd16b33eb6792be8c60b158d89a2ee3a876fce9a881ebb488c0914";

        assertThat(CloudApi.signed("secret", "test".getBytes(StandardCharsets.UTF_8), header))
                .isTrue();
        assertThat(CloudApi.signed("secret", "test ".getBytes(StandardCharsets.UTF_8), header))
                .isFalse();
        assertThat(CloudApi.signed("other", "test".getBytes(StandardCharsets.UTF_8), header))
                .isFalse();
        assertThat(CloudApi.signed("secret", "test".getBytes(StandardCharsets.UTF_8), null))
                .isFalse();
        assertThat(CloudApi.signed("secret", "test".getBytes(StandardCharsets.UTF_8), "sha256=zz"))
                .isFalse();
    }
}
