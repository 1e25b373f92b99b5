package app.recado.engines.cloudapi;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.provider.Phone;
import app.recado.engines.provider.ProviderEvent;
import app.recado.whatsapp.ContactIds;
import app.recado.whatsapp.InboundReceived;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CloudApiWebhookTest {

    private static final LineCredentials.CloudApi LINE =
            new LineCredentials.CloudApi("106540352242922", "102290129340398", "token", "secret", "verify");
    private static final UUID LINE_ID = UUID.fromString("01993b1c-0000-7000-8000-000000000001");
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private static CloudApiWebhook.Reading read(String value) {
        return read("102290129340398", "106540352242922", value);
    }

    private static CloudApiWebhook.Reading read(String account, String number, String value) {
        var delivery = """
                {"object":"whatsapp_business_account","entry":[{"id":"%s","changes":[{"field":"messages","value":{
                 "messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881","phone_number_id":"%s"},
                 "contacts":[{"profile":{"name":"Ana"},"wa_id":"5491123456789"}],%s}}]}]}
                """.formatted(account, number, value);
        return CloudApiWebhook.read(
                LINE_ID, LINE, LineCredentials.Codec.tree(delivery.getBytes(StandardCharsets.UTF_8)), NOW);
    }

    private static InboundReceived message(String type, String content) {
        var reading = read("""
                "messages":[{"from":"5491123456789","id":"wamid.IN","timestamp":"1763899200","type":"%s"%s}]
                """.formatted(type, content));
        assertThat(reading.said()).hasSize(1);
        return ((ProviderEvent.Message) reading.said().getFirst()).inbound();
    }

    private static String media(InboundReceived message) {
        var media = Objects.requireNonNull(message.content().media());
        return media.kind() + " " + media.contentType() + " " + media.fileName();
    }

    @Test
    void a_text_has_its_sender_name_time_and_what_it_answers() {
        var text = message("text", ",\"text\":{\"body\":\"Sí\"},\"context\":{\"from\":\"1555\",\"id\":\"wamid.OUT\"}");

        assertThat(text.sender().ids().phone()).isEqualTo("+5491123456789");
        assertThat(text.sender().name()).isEqualTo("Ana");
        assertThat(text.sentAt()).isEqualTo(Instant.ofEpochSecond(1763899200));
        assertThat(text.content().text()).isEqualTo("Sí");
        assertThat(text.content().quotedProviderMessageId()).isEqualTo("wamid.OUT");
        assertThat(text.chat().kind()).isEqualTo("direct");
    }

    @Test
    void media_is_named_by_its_id_with_caption_and_file_name() {
        var image = message("image", ",\"image\":{\"id\":\"77\",\"mime_type\":\"image/jpeg\",\"caption\":\"mirá\"}");
        assertThat(image.content().kind()).isEqualTo("image");
        assertThat(image.content().text()).isEqualTo("mirá");
        assertThat(media(image)).isEqualTo("image image/jpeg null");

        var document = message(
                "document", ",\"document\":{\"id\":\"78\",\"mime_type\":\"application/pdf\",\"filename\":\"a.pdf\"}");
        assertThat(media(document)).isEqualTo("document application/pdf a.pdf");
        assertThat(message("audio", ",\"audio\":{\"id\":\"79\",\"mime_type\":\"audio/ogg\",\"voice\":true}")
                        .content()
                        .kind())
                .isEqualTo("audio");
    }

    @Test
    void places_and_contacts_are_read() {
        var place = message("location", ",\"location\":{\"latitude\":-34.6,\"longitude\":-58.4,\"name\":\"Casa\"}");
        assertThat(place.content().location()).isEqualTo(new InboundReceived.Location(-34.6, -58.4, "Casa", null));

        var card = message(
                "contacts",
                ",\"contacts\":[{\"name\":{\"formatted_name\":\"Eva\"},\"phones\":[{\"phone\":\"+54 9 11 2000\",\"wa_id\":\"5491120001111\"}]}]");
        assertThat(card.content().kind()).isEqualTo("contact");
        assertThat(card.content().contacts().getFirst().phones()).containsExactly("+5491120001111");
    }

    @Test
    void buttons_and_lists_tell_what_was_chosen_and_say_it_in_words() {
        var button = message("button", ",\"button\":{\"payload\":\"CONFIRM\",\"text\":\"Confirmo\"}");
        assertThat(button.content().kind()).isEqualTo("text");
        assertThat(button.content().text()).isEqualTo("Confirmo");
        assertThat(button.content().choice()).isEqualTo(new InboundReceived.Choice("CONFIRM"));

        var reply = message(
                "interactive",
                ",\"interactive\":{\"type\":\"button_reply\",\"button_reply\":{\"id\":\"b1\",\"title\":\"Sí\"}}");
        assertThat(reply.content().choice()).isEqualTo(new InboundReceived.Choice("b1"));
        var row = message(
                "interactive",
                ",\"interactive\":{\"type\":\"list_reply\",\"list_reply\":{\"id\":\"r2\",\"title\":\"Martes\",\"description\":\"x\"}}");
        assertThat(row.content().choice()).isEqualTo(new InboundReceived.Choice("r2"));
    }

    @Test
    void a_reaction_names_the_message_it_is_about() {
        var reaction = message("reaction", ",\"reaction\":{\"message_id\":\"wamid.OUT\",\"emoji\":\"👍\"}");

        assertThat(reaction.content().kind()).isEqualTo("reaction");
        assertThat(reaction.content().text()).isEqualTo("👍");
        assertThat(reaction.content().targetProviderMessageId()).isEqualTo("wamid.OUT");
    }

    @Test
    void what_is_not_known_is_kept_as_other_and_never_dropped() {

        assertThat(message("order", ",\"order\":{}").content().kind()).isEqualTo("other");
    }

    @Test
    void an_edit_has_the_new_words_and_names_what_it_changes() {
        var edit = message(
                "edit",
                ",\"edit\":{\"original_message_id\":\"wamid.1\",\"message\":{\"context\":{\"id\":\"wamid.OUT\"},\"type\":\"text\",\"text\":{\"body\":\"No\"}}}");
        assertThat(edit.content().kind()).isEqualTo("edit");
        assertThat(edit.content().text()).isEqualTo("No");
        assertThat(edit.content().targetProviderMessageId()).isEqualTo("wamid.1");
        assertThat(edit.content().quotedProviderMessageId()).isEqualTo("wamid.OUT");
        var caption = message(
                "edit",
                ",\"edit\":{\"original_message_id\":\"wamid.1\",\"message\":{\"type\":\"image\",\"image\":{\"id\":\"7\",\"caption\":\"mirá\"}}}");
        assertThat(caption.content().text()).isEqualTo("mirá");
        assertThat(caption.content().media()).as("the file is known").isNull();
        var revoke = message("revoke", ",\"revoke\":{\"original_message_id\":\"wamid.1\"}");
        assertThat(revoke.content().kind()).isEqualTo("delete");
        assertThat(revoke.content().targetProviderMessageId()).isEqualTo("wamid.1");
    }

    @Test
    void a_reaction_taken_back_has_no_emoji_and_what_cannot_be_shown_says_so() {
        assertThat(message("reaction", ",\"reaction\":{\"message_id\":\"wamid.OUT\"}")
                        .content())
                .isEqualTo(InboundReceived.Content.about("reaction", null, "wamid.OUT"));
        assertThat(message("unsupported", ",\"errors\":[{\"code\":131051}]").content())
                .isEqualTo(InboundReceived.Content.unavailable("not-supported"));
    }

    @Test
    void a_form_is_shown_field_by_field_and_a_flows_button_is_a_choice() {
        var form = message(
                "interactive",
                ",\"interactive\":{\"type\":\"nfm_reply\",\"nfm_reply\":{\"name\":\"flow\",\"body\":\"Sent\",\"response_json\":\"{\\\"flow_token\\\":\\\"t\\\",\\\"alergia\\\":\\\"No\\\"}\"}}");
        assertThat(form.content()).isEqualTo(InboundReceived.Content.of("text", "alergia: No"));
        var button = message(
                "interactive",
                ",\"interactive\":{\"type\":\"nfm_reply\",\"nfm_reply\":{\"body\":\"Voy\",\"response_json\":\"{\\\"id\\\":\\\"recado-yes\\\"}\"}}");
        assertThat(button.content()).isEqualTo(InboundReceived.Content.chosen("recado-yes", "Voy"));
    }

    @Test
    void somebody_without_a_number_is_known_by_their_user_id_and_both_are_read_where_both_are_told() {
        var hidden = CloudApiWebhook.read(
                LINE_ID, LINE, LineCredentials.Codec.tree("""
                {"entry":[{"id":"102290129340398","changes":[{"field":"messages","value":{
                 "metadata":{"phone_number_id":"106540352242922"},
                 "contacts":[{"profile":{"name":"Ana","username":"ana"},"user_id":"AR.13491208655302741918"}],
                 "messages":[{"from_user_id":"AR.13491208655302741918","id":"wamid.1","timestamp":"1763899200","type":"text",
                  "text":{"body":"Hola"}}]}}]}]}
                """.getBytes(StandardCharsets.UTF_8)), NOW);
        var message = ((ProviderEvent.Message) hidden.said().getFirst()).inbound();
        assertThat(message.sender().ids()).isEqualTo(new ContactIds(null, null, "AR.13491208655302741918", null));
        assertThat(message.sender().name()).isEqualTo("Ana");
        assertThat(message.chat().other()).isEqualTo(message.sender().ids());

        var both = read("""
                "messages":[{"from":"5491123456789","from_user_id":"AR.1349","id":"w","timestamp":"1","type":"text",
                  "text":{"body":"x"}}],
                "statuses":[{"id":"wamid.9","status":"read","timestamp":"1","recipient_id":"5491199999999",
                  "recipient_user_id":"AR.77"}]
                """);
        assertThat(both.said())
                .contains(new ProviderEvent.Identity(new ContactIds("+5491199999999", null, "AR.77", null)));
        assertThat(((ProviderEvent.Message) both.said().getLast())
                        .inbound()
                        .sender()
                        .ids())
                .isEqualTo(new ContactIds("+5491123456789", null, "AR.1349", null));
    }

    @Test
    void a_change_of_number_names_who_it_was_and_who_it_is() {
        var number = message(
                "system",
                ",\"system\":{\"type\":\"user_changed_number\",\"body\":\"x\",\"wa_id\":\"5491144445555\",\"user_id\":\"AR.2\",\"previous_user_id\":\"AR.1\"}");
        assertThat(number.sender().ids()).isEqualTo(new ContactIds("+5491123456789", null, "AR.1", null));
        assertThat(number.content())
                .isEqualTo(InboundReceived.Content.changed(
                        new InboundReceived.IdentityChange(new ContactIds("+5491144445555", null, "AR.2", null))));
        assertThat(read("""
                "messages":[{"from":"549","id":"w","type":"system","system":{"type":"user_identity_changed"}}]
                """).said()).as("a new security code").isEmpty();
    }

    @Test
    void a_missed_call_is_told_once_when_it_is_over() {
        var calls = """
                {"entry":[{"id":"102290129340398","changes":[{"field":"calls","value":{
                 "metadata":{"phone_number_id":"106540352242922"},
                 "calls":[{"id":"wacid.1","from":"5491123456789","to":"15550783881","event":"connect","timestamp":"1763899190",
                   "direction":"USER_INITIATED"},
                  {"id":"wacid.1","from":"5491123456789","event":"terminate","timestamp":"1763899220","start_time":"1763899200",
                   "direction":"USER_INITIATED","status":"FAILED"},
                  {"id":"wacid.2","from":"15550783881","event":"terminate","timestamp":"1763899220",
                   "direction":"BUSINESS_INITIATED","status":"FAILED"}]}}]}]}
                """;
        var said = CloudApiWebhook.read(
                        LINE_ID, LINE, LineCredentials.Codec.tree(calls.getBytes(StandardCharsets.UTF_8)), NOW)
                .said();
        assertThat(said).hasSize(1);
        var call = ((ProviderEvent.Message) said.getFirst()).inbound();
        assertThat(call.sentAt()).isEqualTo(Instant.ofEpochSecond(1763899200));
        assertThat(call.content()).isEqualTo(InboundReceived.Content.called(false, true));
        assertThat(call.sender().ids().phone()).isEqualTo("+5491123456789");
    }

    @Test
    void text_that_could_not_be_stored_is_mended() {
        assertThat(message("text", ",\"text\":{\"body\":\"a\\u0000b\\ud800c\"}")
                        .content()
                        .text())
                .isEqualTo("a\uFFFDb\uFFFDc");
    }

    @Test
    void a_status_carries_our_own_id_and_the_number_of_its_error() {
        var ours = UUID.randomUUID();
        var reading = read("""
                "statuses":[{"id":"wamid.1","status":"delivered","timestamp":"1763899200","recipient_id":"549",
                  "biz_opaque_callback_data":"%s"},
                 {"id":"wamid.2","status":"failed","timestamp":"1763899201","errors":[{"code":131047,"title":"x"}]},
                 {"id":"wamid.3","status":"warning","timestamp":"1763899201"}]
                """.formatted(ours));

        assertThat(reading.said())
                .containsExactly(
                        new ProviderEvent.Status("wamid.1", ours, "delivered", null, Instant.ofEpochSecond(1763899200)),
                        new ProviderEvent.Status(
                                "wamid.2", null, "failed", "131047", Instant.ofEpochSecond(1763899201)));
    }

    @Test
    void nothing_is_taken_for_another_account_or_number() {
        var text =
                "\"messages\":[{\"from\":\"549\",\"id\":\"x\",\"timestamp\":\"1\",\"type\":\"text\",\"text\":{\"body\":\"x\"}}]";

        assertThat(read("999", "106540352242922", text)).isEqualTo(new CloudApiWebhook.Reading(java.util.List.of(), 1));
        assertThat(read("102290129340398", "999", text)).isEqualTo(new CloudApiWebhook.Reading(java.util.List.of(), 1));
    }

    @Test
    void numbers_come_out_the_way_people_dial_them() {
        assertThat(Phone.e164("5215512345678")).isEqualTo("+525512345678");
        assertThat(Phone.e164("551187654321")).isEqualTo("+5511987654321");
        assertThat(Phone.e164("whatsapp:+14155238886")).isEqualTo("+14155238886");
        assertThat(Phone.e164("5491123456789:12@s.whatsapp.net")).isEqualTo("+5491123456789");
        assertThat(Phone.e164("120363@g.us")).isNull();
        assertThat(Phone.e164("abc")).isNull();
    }

    @Test
    void what_people_told_the_platform_about_marketing_is_said_and_no_other_preference() {
        var delivery = """
                {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"field":"user_preferences","value":{
                 "messaging_product":"whatsapp","metadata":{"phone_number_id":"106540352242922"},
                 "contacts":[{"profile":{"name":"Ana"},"wa_id":"5491123456789"}],
                 "user_preferences":[
                  {"wa_id":"5491123456789","detail":"…","category":"marketing_messages","value":"stop","timestamp":1763899200},
                  {"wa_id":"5491123456789","category":"marketing_messages","value":"resume","timestamp":1763899300},
                  {"wa_id":"5491123456789","category":"something_else","value":"stop","timestamp":1763899300},
                  {"wa_id":"5491123456789","category":"marketing_messages","value":"perhaps"}]}}]}]}
                """;

        var reading = CloudApiWebhook.read(
                LINE_ID, LINE, LineCredentials.Codec.tree(delivery.getBytes(StandardCharsets.UTF_8)), NOW);

        assertThat(reading.said())
                .containsExactly(
                        new ProviderEvent.MarketingPreference(
                                "+5491123456789", false, Instant.ofEpochSecond(1763899200)),
                        new ProviderEvent.MarketingPreference(
                                "+5491123456789", true, Instant.ofEpochSecond(1763899300)));
    }
}
