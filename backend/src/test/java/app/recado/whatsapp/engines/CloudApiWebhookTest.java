package app.recado.whatsapp.engines;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CloudApiWebhookTest {

    private static final LineCredentials.CloudApi LINE =
            new LineCredentials.CloudApi("106540352242922", "102290129340398", "token", "secret", "verify");
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
        return CloudApiWebhook.read(LINE, LineCredentials.Codec.tree(delivery.getBytes(StandardCharsets.UTF_8)), NOW);
    }

    private static Said.Message message(String type, String content) {
        var reading = read("""
                "messages":[{"from":"5491123456789","id":"wamid.IN","timestamp":"1763899200","type":"%s"%s}]
                """.formatted(type, content));
        assertThat(reading.said()).hasSize(1);
        return (Said.Message) reading.said().getFirst();
    }

    @Test
    void a_text_has_its_sender_name_time_and_what_it_answers() {
        var text = message("text", ",\"text\":{\"body\":\"Sí\"},\"context\":{\"from\":\"1555\",\"id\":\"wamid.OUT\"}");

        assertThat(text.phone()).isEqualTo("+5491123456789");
        assertThat(text.senderName()).isEqualTo("Ana");
        assertThat(text.at()).isEqualTo(Instant.ofEpochSecond(1763899200));
        assertThat(text.text()).isEqualTo("Sí");
        assertThat(text.quoted()).isEqualTo("wamid.OUT");
        assertThat(text.chatKind()).isEqualTo("direct");
    }

    @Test
    void media_is_named_by_its_id_with_caption_and_file_name() {
        var image = message("image", ",\"image\":{\"id\":\"77\",\"mime_type\":\"image/jpeg\",\"caption\":\"mirá\"}");
        assertThat(image.kind()).isEqualTo("image");
        assertThat(image.text()).isEqualTo("mirá");
        assertThat(image.media()).isEqualTo(new Said.Media("77", "image/jpeg", null));

        var document = message(
                "document", ",\"document\":{\"id\":\"78\",\"mime_type\":\"application/pdf\",\"filename\":\"a.pdf\"}");
        assertThat(document.media()).isEqualTo(new Said.Media("78", "application/pdf", "a.pdf"));
        assertThat(message("audio", ",\"audio\":{\"id\":\"79\",\"mime_type\":\"audio/ogg\",\"voice\":true}")
                        .kind())
                .isEqualTo("audio");
    }

    @Test
    void places_and_contacts_are_read() {
        var place = message("location", ",\"location\":{\"latitude\":-34.6,\"longitude\":-58.4,\"name\":\"Casa\"}");
        assertThat(place.place()).isEqualTo(new Said.Place(-34.6, -58.4, "Casa", null));

        var card = message(
                "contacts",
                ",\"contacts\":[{\"name\":{\"formatted_name\":\"Eva\"},\"phones\":[{\"phone\":\"+54 9 11 2000\",\"wa_id\":\"5491120001111\"}]}]");
        assertThat(card.kind()).isEqualTo("contact");
        assertThat(card.contacts().getFirst().phones()).containsExactly("+5491120001111");
    }

    @Test
    void buttons_and_lists_tell_what_was_chosen_and_say_it_in_words() {
        var button = message("button", ",\"button\":{\"payload\":\"CONFIRM\",\"text\":\"Confirmo\"}");
        assertThat(button.kind()).isEqualTo("text");
        assertThat(button.text()).isEqualTo("Confirmo");
        assertThat(button.choice()).isEqualTo(new Said.Choice("CONFIRM", "Confirmo"));

        var reply = message(
                "interactive",
                ",\"interactive\":{\"type\":\"button_reply\",\"button_reply\":{\"id\":\"b1\",\"title\":\"Sí\"}}");
        assertThat(reply.choice()).isEqualTo(new Said.Choice("b1", "Sí"));
        var row = message(
                "interactive",
                ",\"interactive\":{\"type\":\"list_reply\",\"list_reply\":{\"id\":\"r2\",\"title\":\"Martes\",\"description\":\"x\"}}");
        assertThat(row.choice()).isEqualTo(new Said.Choice("r2", "Martes"));
    }

    @Test
    void a_reaction_names_the_message_it_is_about() {
        var reaction = message("reaction", ",\"reaction\":{\"message_id\":\"wamid.OUT\",\"emoji\":\"👍\"}");

        assertThat(reaction.kind()).isEqualTo("reaction");
        assertThat(reaction.text()).isEqualTo("👍");
        assertThat(reaction.quoted()).isEqualTo("wamid.OUT");
    }

    @Test
    void what_is_not_known_is_kept_as_other_and_never_dropped() {
        assertThat(message("unsupported", ",\"errors\":[{\"code\":131051}]").kind())
                .isEqualTo("other");
        assertThat(message("order", ",\"order\":{}").kind()).isEqualTo("other");
    }

    @Test
    void text_that_could_not_be_stored_is_mended() {
        assertThat(message("text", ",\"text\":{\"body\":\"a\\u0000b\\ud800c\"}").text())
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
                        new Said.Status("wamid.1", ours, "delivered", null, Instant.ofEpochSecond(1763899200)),
                        new Said.Status("wamid.2", null, "failed", "131047", Instant.ofEpochSecond(1763899201)));
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
}
