package app.recado.engines.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.recado.engines.TestBytes;
import app.recado.engines.TestEngines;
import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.provider.Provider;
import app.recado.engines.provider.ProviderEvent;
import app.recado.engines.provider.SendOutcome;
import app.recado.kernel.outgoing.AddressGuard;
import app.recado.kernel.outgoing.OutgoingHttp;
import app.recado.testing.StubProvider;
import app.recado.whatsapp.ContactIds;
import app.recado.whatsapp.InboundReceived;
import app.recado.whatsapp.LineEngineKind;
import app.recado.whatsapp.LineState;
import app.recado.whatsapp.Payload;
import app.recado.whatsapp.Quoted;
import app.recado.whatsapp.Recipient;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EvolutionTest {

    private static final UUID LINE_ID = UUID.fromString("01993b1c-0000-7000-8000-000000000001");
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String HOOK = "https://recado.example/webhooks/v1/evolution/abc/secret";

    private final StubProvider server = new StubProvider();
    private final OutgoingHttp http = TestEngines.http();
    private final Evolution evolution = new Evolution(http, new AddressGuard(true, Set.of("127.0.0.1")));
    private final LineCredentials.Evolution line =
            new LineCredentials.Evolution(server.url() + "/", "the-key", "clinica uno", "hook");

    @AfterEach
    void close() throws Exception {
        server.close();
        http.close();
    }

    private SendOutcome send(Payload payload, byte @Nullable [] media) {
        return evolution.send(
                line, new Provider.Outgoing(UUID.randomUUID(), "+5491123456789", payload, TestBytes.body(media), null));
    }

    @Test
    void a_text_goes_to_the_instance_with_the_key() {
        server.answers(
                201,
                "{\"key\":{\"remoteJid\":\"5491123456789@s.whatsapp.net\",\"fromMe\":true,\"id\":\"3EB01\"},\"status\":\"PENDING\"}");

        assertThat(send(new Payload.Text("Hola"), null)).isEqualTo(new SendOutcome.Sent("3EB01"));
        assertThat(server.last().path()).isEqualTo("/message/sendText/clinica%20uno");
        assertThat(server.last().header("apikey")).isEqualTo("the-key");
        assertThat(server.last().json().path("number").asString()).isEqualTo("5491123456789");
        assertThat(server.last().json().path("text").asString()).isEqualTo("Hola");
    }

    @Test
    void an_answer_names_what_it_quotes_and_a_reaction_its_message() {
        server.answers(201, "{\"key\":{\"id\":\"3EB01\"}}").answers(201, "{\"key\":{\"id\":\"3EB02\"}}");

        send(new Payload.Text("Sí", new Quoted("3AANA", false, "¿Hay lugar?")), null);
        assertThat(server.last().json().at("/quoted/key/id").asString()).isEqualTo("3AANA");
        assertThat(server.last().json().at("/quoted/message/conversation").asString())
                .isEqualTo("¿Hay lugar?");

        server.answers(201, "{\"key\":{\"id\":\"3EB03\"}}");
        send(new Payload.Text("Gracias", new Quoted("3AFOTO", false, null, "image")), null);
        assertThat(server.last().json().at("/quoted/message/imageMessage").isObject())
                .isTrue();

        send(new Payload.Reaction(new Quoted("3AANA", false, null), "👍"), null);
        assertThat(server.last().path()).isEqualTo("/message/sendReaction/clinica%20uno");
        assertThat(server.last().json().at("/key/remoteJid").asString()).isEqualTo("5491123456789@s.whatsapp.net");
        assertThat(server.last().json().at("/key/id").asString()).isEqualTo("3AANA");
        assertThat(server.last().json().path("reaction").asString()).isEqualTo("👍");
    }

    @Test
    void somebody_known_by_their_lid_alone_is_written_to_there() {
        server.answers(201, "{\"key\":{\"id\":\"3EB01\"}}");
        var to = Recipient.of(new ContactIds(null, "99887766", null, null), LineEngineKind.EVOLUTION)
                .orElseThrow();

        evolution.send(line, new Provider.Outgoing(UUID.randomUUID(), to, new Payload.Text("Hola"), null, null));

        assertThat(server.last().json().path("number").asString()).isEqualTo("99887766@lid");
    }

    @Test
    void media_travels_inside_the_call() {
        server.answers(201, "{\"key\":{\"id\":\"3EB02\"}}");
        var media = new Payload.MediaRef("k", "application/pdf", 4, "00");

        send(new Payload.Document(media, "receta.pdf", "Su receta"), "%PDF".getBytes(StandardCharsets.UTF_8));

        var body = server.last().json();
        assertThat(server.last().path()).isEqualTo("/message/sendMedia/clinica%20uno");
        assertThat(body.path("mediatype").asString()).isEqualTo("document");
        assertThat(body.path("media").asString()).isEqualTo("JVBERg==");
        assertThat(body.path("fileName").asString()).isEqualTo("receta.pdf");
    }

    @Test
    void a_voice_note_is_sent_as_one_and_not_encoded_again() {
        server.answers(201, "{\"key\":{\"id\":\"3EB02\"}}");
        var media = new Payload.MediaRef("k", "audio/ogg", 4, "00");

        send(new Payload.Voice(media, 12), "OggS".getBytes(StandardCharsets.UTF_8));

        assertThat(server.last().path()).isEqualTo("/message/sendWhatsAppAudio/clinica%20uno");
        assertThat(server.last().json().path("audio").asString()).isEqualTo("T2dnUw==");
        assertThat(server.last().json().path("encoding").asBoolean(true)).isFalse();
    }

    @Test
    void refusals_have_one_meaning_each() {
        server.answers(
                        400,
                        "{\"status\":400,\"error\":\"Bad Request\",\"response\":{\"message\":[{\"jid\":\"549@s.whatsapp.net\",\"exists\":false,\"number\":\"549\"}]}}")
                .answers(401, "{\"status\":401,\"error\":\"Unauthorized\",\"response\":{\"message\":\"Unauthorized\"}}")
                .answers(
                        404,
                        "{\"status\":404,\"error\":\"Not Found\",\"response\":{\"message\":[\"The instance does not exist\"]}}")
                .answers(
                        500,
                        "{\"status\":500,\"error\":\"Internal Server Error\",\"response\":{\"message\":\"Connection Closed\"}}");

        assertThat(send(new Payload.Text("a"), null)).isEqualTo(new SendOutcome.Failed("not-on-whatsapp"));
        assertThat(send(new Payload.Text("a"), null)).isEqualTo(new SendOutcome.HaltLine("authorization-failed"));
        assertThat(send(new Payload.Text("a"), null)).isEqualTo(new SendOutcome.HaltLine("instance-unknown"));
        assertThat(send(new Payload.Text("a"), null)).isInstanceOf(SendOutcome.Unknown.class);
    }

    @Test
    void an_address_inside_our_network_is_not_called() {
        var guarded = new Evolution(http, new AddressGuard(true, Set.of()));

        var outcome =
                guarded.send(line, new Provider.Outgoing(UUID.randomUUID(), "+549", new Payload.Text("a"), null, null));

        assertThat(outcome).isInstanceOf(SendOutcome.HaltLine.class);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void starting_makes_the_instance_with_our_webhook_and_shows_its_code() {
        server.answers(404, "{\"status\":404}")
                .answers(
                        201,
                        "{\"instance\":{\"instanceName\":\"clinica uno\",\"status\":\"connecting\"},\"hash\":\"x\",\"qrcode\":{\"pairingCode\":null,\"code\":\"2@abc\",\"base64\":\"data:\",\"count\":1}}");

        var started = evolution.start(line, HOOK, null);

        assertThat(started.qr()).isEqualTo(new ProviderEvent.Qr("2@abc", null));
        assertThat(started.standing().state()).isEqualTo(LineState.PAIRING);
        var body = server.last().json();
        assertThat(server.last().path()).isEqualTo("/instance/create");
        assertThat(body.path("instanceName").asString()).isEqualTo("clinica uno");
        assertThat(body.at("/webhook/url").asString()).isEqualTo(HOOK);
        assertThat(body.at("/webhook/events").toString())
                .contains("MESSAGES_UPSERT")
                .contains("QRCODE_UPDATED");
    }

    @Test
    void starting_again_tells_the_webhook_anew_and_connects() {
        server.answers(200, "{\"instance\":{\"instanceName\":\"c\",\"state\":\"open\"}}")
                .answers(201, "{}")
                .answers(200, "{\"instance\":{\"instanceName\":\"c\",\"state\":\"open\"}}");

        assertThat(evolution.start(line, HOOK, null).standing()).isEqualTo(Provider.Standing.linked(null, null));
        assertThat(server.asked().stream().map(StubProvider.Asked::path))
                .containsExactly(
                        "/instance/connectionState/clinica%20uno",
                        "/webhook/set/clinica%20uno", "/instance/connect/clinica%20uno");
    }

    @Test
    void a_phone_may_be_linked_by_typing_a_code_with_a_new_instance_or_one_that_waits() {
        server.answers(404, "{\"status\":404}")
                .answers(201, "{\"qrcode\":{\"pairingCode\":\"ABCD1234\",\"code\":\"2@abc\"}}")
                .answers(200, "{\"instance\":{\"instanceName\":\"c\",\"state\":\"close\"}}")
                .answers(201, "{}")
                .answers(200, "{\"pairingCode\":\"EFGH5678\",\"code\":\"2@def\",\"count\":1}");

        assertThat(evolution.start(line, HOOK, "+5491150000000").qr())
                .isEqualTo(new ProviderEvent.Qr("2@abc", "ABCD1234"));
        assertThat(server.last().json().path("number").asString()).isEqualTo("5491150000000");

        assertThat(evolution.start(line, HOOK, "+5491150000000").qr())
                .isEqualTo(new ProviderEvent.Qr("2@def", "EFGH5678"));
        assertThat(server.last().path()).isEqualTo("/instance/connect/clinica%20uno?number=5491150000000");
    }

    @Test
    void an_instance_that_offers_codes_to_scan_is_made_to_offer_one_to_type() {
        server.answers(200, "{\"instance\":{\"instanceName\":\"c\",\"state\":\"connecting\"}}")
                .answers(201, "{}")
                .answers(200, "{\"pairingCode\":null,\"code\":\"2@abc\",\"count\":1}")
                .answers(200, "{\"status\":\"SUCCESS\"}")
                .answers(200, "{\"pairingCode\":\"ABCD1234\",\"code\":\"2@def\",\"count\":1}");

        assertThat(evolution.start(line, HOOK, "+5491150000000").qr())
                .isEqualTo(new ProviderEvent.Qr("2@def", "ABCD1234"));
        assertThat(server.asked().stream().map(asked -> asked.method() + asked.path()))
                .endsWith(
                        "DELETE/instance/logout/clinica%20uno",
                        "GET/instance/connect/clinica%20uno?number=5491150000000");
    }

    @Test
    void checking_and_logging_out() {
        server.answers(200, "{\"instance\":{\"state\":\"close\"}}").answers(200, "{\"status\":\"SUCCESS\"}");

        assertThat(evolution.check(line).state()).isEqualTo(LineState.NEEDS_PAIRING);
        assertThat(evolution.logOut(line)).isTrue();
        assertThat(server.last().method() + server.last().path()).isEqualTo("DELETE/instance/logout/clinica%20uno");
    }

    @Test
    void media_is_asked_for_by_the_messages_id() {
        server.answers(201, "{\"mediaType\":\"imageMessage\",\"mimetype\":\"image/jpeg\",\"base64\":\"AQID\"}");

        var kept = new TestBytes();
        assertThat(evolution.fetch(line, "3A01", kept)).isInstanceOf(Provider.Fetched.Kept.class);
        assertThat(kept.kept).containsExactly(1, 2, 3);
        assertThat(kept.claimed).isEqualTo("image/jpeg");
        assertThat(server.last().json().at("/message/key/id").asString()).isEqualTo("3A01");
    }

    private List<ProviderEvent> read(String event, String data) throws ProviderEvent.NotOurs {
        var body = """
                {"event":"%s","instance":"clinica uno","data":%s,"destination":"x","date_time":"2026-11-23T12:00:00.000Z",
                 "sender":"5491150000000@s.whatsapp.net","server_url":"https://evo.example","apikey":"the-key"}
                """.formatted(event, data);
        var redacted = EvolutionWebhook.redacted(body.getBytes(StandardCharsets.UTF_8));
        assertThat(redacted.toString()).doesNotContain("the-key");
        return EvolutionWebhook.read(LINE_ID, line, redacted, NOW);
    }

    private InboundReceived message(String key, String message) throws ProviderEvent.NotOurs {
        return first(read(
                "messages.upsert",
                "{\"key\":%s,\"pushName\":\"Ana\",\"message\":%s,\"messageTimestamp\":1763899200}"
                        .formatted(key, message)));
    }

    private static InboundReceived first(List<ProviderEvent> said) {
        return ((ProviderEvent.Message) said.getFirst()).inbound();
    }

    private static String media(InboundReceived message) {
        var media = Objects.requireNonNull(message.content().media());
        return media.kind() + " " + media.contentType();
    }

    private static final String FROM =
            "{\"remoteJid\":\"5491123456789@s.whatsapp.net\",\"fromMe\":false,\"id\":\"3A01\"}";

    @Test
    void messages_of_every_kind_are_read() throws Exception {
        var text = message(FROM, "{\"conversation\":\"Sí\"}");
        assertThat(text.sender().ids().phone()).isEqualTo("+5491123456789");
        assertThat(text.content().text()).isEqualTo("Sí");
        assertThat(text.sentAt()).isEqualTo(Instant.ofEpochSecond(1763899200));
        var quoting =
                message(FROM, "{\"extendedTextMessage\":{\"text\":\"ok\",\"contextInfo\":{\"stanzaId\":\"3EB01\"}}}");
        assertThat(quoting.content().quotedProviderMessageId()).isEqualTo("3EB01");
        var image = message(FROM, "{\"imageMessage\":{\"mimetype\":\"image/jpeg\",\"caption\":\"mirá\"}}");
        assertThat(media(image)).isEqualTo("image image/jpeg");
        var place = message(FROM, "{\"locationMessage\":{\"degreesLatitude\":-34.6,\"degreesLongitude\":-58.4}}");
        assertThat(place.content().location()).isEqualTo(new InboundReceived.Location(-34.6, -58.4, null, null));
        var card = message(
                FROM,
                "{\"contactMessage\":{\"displayName\":\"Eva\",\"vcard\":\"BEGIN:VCARD\\nTEL;type=CELL;waid=5491120001111:+54 9 11\\nEND:VCARD\"}}");
        assertThat(card.content().contacts().getFirst().phones()).containsExactly("+5491120001111");
        var reaction = message(FROM, "{\"reactionMessage\":{\"text\":\"👍\",\"key\":{\"id\":\"3EB01\"}}}");
        assertThat(reaction.content().targetProviderMessageId()).isEqualTo("3EB01");
        var button = message(
                FROM,
                "{\"buttonsResponseMessage\":{\"selectedButtonId\":\"recado-yes\",\"selectedDisplayText\":\"Voy\"}}");
        assertThat(button.content().choice()).isEqualTo(new InboundReceived.Choice("recado-yes"));
        assertThat(message(FROM, "{\"pollCreationMessage\":{}}").content().kind())
                .isEqualTo("other");
    }

    @Test
    void opaque_identities_groups_and_own_messages_are_told_apart() throws Exception {
        var lid =
                "{\"remoteJid\":\"99887766@lid\",\"senderPn\":\"5491123456789@s.whatsapp.net\",\"fromMe\":false,\"id\":\"1\"}";
        assertThat(message(lid, "{\"conversation\":\"x\"}").sender().ids().phone())
                .isEqualTo("+5491123456789");
        var group = "{\"remoteJid\":\"120363@g.us\",\"fromMe\":false,\"id\":\"1\"}";
        assertThat(message(group, "{\"conversation\":\"x\"}").chat().kind()).isEqualTo("group");
        var own = "{\"remoteJid\":\"5491123456789@s.whatsapp.net\",\"fromMe\":true,\"id\":\"1\"}";
        assertThat(message(own, "{\"conversation\":\"x\"}").fromMe()).isTrue();
    }

    @Test
    void an_answer_is_read_in_whatever_it_is_wrapped() throws Exception {
        var text = "{\"conversation\":\"1\"}";
        for (var wrapper : List.of(
                "{\"ephemeralMessage\":{\"message\":%s}}",
                "{\"viewOnceMessage\":{\"message\":%s}}",
                "{\"viewOnceMessageV2\":{\"message\":%s}}",
                "{\"editedMessage\":{\"message\":%s}}",
                "{\"deviceSentMessage\":{\"destinationJid\":\"x\",\"message\":%s},\"messageContextInfo\":{}}",
                "{\"ephemeralMessage\":{\"message\":{\"viewOnceMessageV2\":{\"message\":%s}}}}")) {
            assertThat(message(FROM, wrapper.formatted(text)).content())
                    .as(wrapper)
                    .isEqualTo(InboundReceived.Content.of("text", "1"));
        }
        var flow = message(
                FROM,
                "{\"interactiveResponseMessage\":{\"body\":{\"text\":\"Voy\"},\"nativeFlowResponseMessage\":{\"name\":\"quick_reply\",\"paramsJson\":\"{\\\"id\\\":\\\"recado-yes\\\"}\"}}}");
        assertThat(flow.content()).isEqualTo(InboundReceived.Content.chosen("recado-yes", "Voy"));
        var picture =
                message(FROM, "{\"ephemeralMessage\":{\"message\":{\"imageMessage\":{\"mimetype\":\"image/jpeg\"}}}}");
        assertThat(media(picture)).isEqualTo("image image/jpeg");
    }

    @Test
    void edits_and_deletions_name_what_they_change_whatever_the_servers_version_calls_them() throws Exception {
        var protocol = "{\"key\":{\"remoteJid\":\"5491150000000@s.whatsapp.net\",\"fromMe\":true,\"id\":\"3A01\"},"
                + "\"type\":\"MESSAGE_EDIT\",\"editedMessage\":{\"conversation\":\"No\"},\"timestampMs\":\"1763899200123\"}";
        var edit = first(read("messages.edited", protocol));
        assertThat(edit.content()).isEqualTo(InboundReceived.Content.about("edit", "No", "3A01"));
        assertThat(edit.sentAt()).isEqualTo(Instant.ofEpochMilli(1763899200123L));
        assertThat(edit.chat().other()).as("the key tells it wrong").isEqualTo(ContactIds.NONE);
        assertThat(message(FROM, "{\"editedMessage\":{\"message\":{\"protocolMessage\":%s}}}".formatted(protocol))
                        .content())
                .isEqualTo(InboundReceived.Content.about("edit", "No", "3A01"));
        assertThat(first(read("messages.delete", "{\"id\":\"3A01\",\"status\":\"DELETED\"}"))
                        .content())
                .isEqualTo(InboundReceived.Content.about("delete", null, "3A01"));
    }

    @Test
    void what_nobody_wrote_is_no_message_and_what_only_the_phone_can_show_is_one() throws Exception {
        for (var nothing : List.of(
                "{\"protocolMessage\":{\"type\":\"APP_STATE_SYNC_KEY_SHARE\"}}",
                "{\"pinInChatMessage\":{}}",
                "{\"albumMessage\":{}}",
                "{\"senderKeyDistributionMessage\":{},\"messageContextInfo\":{}}")) {
            assertThat(read("messages.upsert", "{\"key\":%s,\"message\":%s}".formatted(FROM, nothing)))
                    .as(nothing)
                    .isEmpty();
        }
        assertThat(first(read("messages.upsert", "{\"key\":%s,\"messageStubType\":\"CIPHERTEXT\"}".formatted(FROM)))
                        .content())
                .isEqualTo(InboundReceived.Content.unavailable("not-decrypted"));
        assertThat(message(FROM, "{\"placeholderMessage\":{\"type\":\"MASK_LINKED_DEVICES\"}}")
                        .content())
                .isEqualTo(InboundReceived.Content.unavailable("not-sent"));
    }

    @Test
    void of_a_delivery_that_cannot_be_read_no_code_to_scan_is_kept() {
        var content = "{\"event\":\"qrcode.updated\",\"data\":{\"qrcode\":{\"code\":\"2@secret\"},\"instance\":\"c\"}}";

        assertThat(new EvolutionReader().keepable(content))
                .contains("qrcode.updated", "instance")
                .doesNotContain("2@secret");
    }

    @Test
    void a_call_counts_when_it_is_over_or_was_taken() throws Exception {
        var call =
                "{\"chatId\":\"99887766@lid\",\"from\":\"99887766@lid\",\"id\":\"C1\",\"date\":\"2026-11-23T13:42:00.000Z\",\"isVideo\":true,\"status\":\"%s\"}";
        assertThat(read("call", call.formatted("offer"))).isEmpty();
        var missed = first(read("call", call.formatted("timeout")));
        assertThat(missed.content()).isEqualTo(InboundReceived.Content.called(true, true));
        assertThat(missed.sentAt()).isEqualTo(Instant.parse("2026-11-23T13:42:00Z"));
        assertThat(missed.sender().ids()).isEqualTo(new ContactIds(null, "99887766", null, null));
        assertThat(first(read("call", call.formatted("accept"))).content())
                .isEqualTo(InboundReceived.Content.called(true, false));
    }

    @Test
    void both_names_of_a_person_are_read_and_broadcast_lists_are_chats_with_their_author() throws Exception {
        var both =
                "{\"remoteJid\":\"99887766@lid\",\"remoteJidAlt\":\"5491123456789@s.whatsapp.net\",\"fromMe\":false,\"id\":\"1\"}";
        assertThat(message(both, "{\"conversation\":\"x\"}").sender().ids())
                .isEqualTo(new ContactIds("+5491123456789", "99887766", null, null));
        var list =
                "{\"remoteJid\":\"1234@broadcast\",\"participant\":\"5491123456789@s.whatsapp.net\",\"fromMe\":false,\"id\":\"1\"}";
        var listed = message(list, "{\"conversation\":\"1\"}");
        assertThat(listed.chat().kind()).isEqualTo("direct");
        assertThat(listed.chat().other().phone()).isEqualTo("+5491123456789");
        var elsewhere = "{\"remoteJid\":\"4711@interop\",\"fromMe\":false,\"id\":\"1\"}";
        assertThat(message(elsewhere, "{\"conversation\":\"x\"}").chat().other())
                .isEqualTo(new ContactIds(null, null, null, "4711@interop"));
        for (var kind : List.of("status@broadcast status", "1@newsletter newsletter", "13135550002@bot other")) {
            var parts = kind.split(" ");
            var key = "{\"remoteJid\":\"%s\",\"fromMe\":false,\"id\":\"1\"}".formatted(parts[0]);
            assertThat(message(key, "{\"conversation\":\"x\"}").chat().kind()).isEqualTo(parts[1]);
        }
    }

    @Test
    void statuses_codes_and_the_connection_are_read() throws Exception {
        assertThat(read("messages.update", "{\"keyId\":\"3EB01\",\"fromMe\":true,\"status\":\"DELIVERY_ACK\"}"))
                .containsExactly(new ProviderEvent.Status("3EB01", null, "delivered", null, null));
        assertThat(read("messages.update", "{\"keyId\":\"3EB01\",\"fromMe\":false,\"status\":\"READ\"}"))
                .isEmpty();
        assertThat(read("qrcode.updated", "{\"qrcode\":{\"code\":\"2@abc\",\"pairingCode\":\"ABCD1234\"}}"))
                .contains(new ProviderEvent.Qr("2@abc", "ABCD1234"));
        assertThat(read(
                        "connection.update",
                        "{\"state\":\"open\",\"wuid\":\"5491150000000@s.whatsapp.net\",\"statusReason\":200}"))
                .containsExactly(new ProviderEvent.Line(Provider.Standing.linked("+5491150000000", null)));
        assertThat(read("connection.update", "{\"state\":\"close\",\"statusReason\":401}"))
                .containsExactly(
                        new ProviderEvent.Line(Provider.Standing.of(LineState.NEEDS_PAIRING, "logged-out-on-phone")));
    }

    @Test
    void another_instance_is_not_ours() {
        var body = LineCredentials.Codec.tree(
                "{\"event\":\"messages.upsert\",\"instance\":\"other\",\"data\":{}}".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> EvolutionWebhook.read(LINE_ID, line, body, NOW))
                .isInstanceOf(ProviderEvent.NotOurs.class);
    }
}
