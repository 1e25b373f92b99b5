package app.recado.engines.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.whatsapp.Command;
import app.recado.whatsapp.ContactIds;
import app.recado.whatsapp.LineEngineKind;
import app.recado.whatsapp.Payload;
import app.recado.whatsapp.Quoted;
import app.recado.whatsapp.Recipient;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GatewayCommandTest {

    private static Map<String, Object> wireTo(ContactIds person) {
        var to = Recipient.of(person, LineEngineKind.LINKED_DEVICE).orElseThrow();
        return GatewayCommand.wire(new Command(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "3EB0",
                to,
                new Payload.Text("Hola"),
                Instant.parse("2026-11-23T12:00:00Z")));
    }

    @Test
    void the_gateway_is_told_a_phone_or_a_lid_and_never_one_as_the_other() {
        assertThat(wireTo(new ContactIds("+5491123456789", "99887766", null, null)))
                .containsEntry("to", "+5491123456789")
                .doesNotContainKey("lid");
        assertThat(wireTo(new ContactIds(null, "99887766", null, null)))
                .containsEntry("lid", "99887766")
                .doesNotContainKey("to");
    }

    @Test
    void what_is_quoted_belongs_to_the_message_and_to_its_hash() {
        var plain = new Payload.Text("Sí");
        var quoting = new Payload.Text("Sí", new Quoted("3AANA", false, "¿Hay lugar?"));

        assertThat(GatewayCommand.wire(saying(quoting)))
                .containsEntry("quoting", Map.of("id", "3AANA", "fromMe", false, "text", "¿Hay lugar?"));
        assertThat(GatewayCommand.wire(saying(plain))).doesNotContainKey("quoting");
        assertThat(GatewayCommand.hash(saying(quoting))).isNotEqualTo(GatewayCommand.hash(saying(plain)));
        assertThat(GatewayCommand.wire(saying(new Payload.Reaction(new Quoted("3AANA", false, null), "👍"))))
                .containsEntry("kind", "reaction")
                .containsEntry("target", Map.of("id", "3AANA", "fromMe", false))
                .containsEntry("text", "👍");
    }

    @Test
    void a_quoted_picture_is_told_as_one_and_a_voice_note_with_its_length() {
        var picture = new Payload.Text("Gracias", new Quoted("3AANA", false, null, "image"));
        var voice = new Payload.Voice(new Payload.MediaRef("k", "audio/ogg", 4, "00"), 12);

        assertThat(GatewayCommand.wire(saying(picture)))
                .containsEntry("quoting", Map.of("id", "3AANA", "fromMe", false, "kind", "image"));
        assertThat(GatewayCommand.wire(saying(voice)))
                .containsEntry("kind", "voice")
                .containsEntry("seconds", 12)
                .containsKey("media");
    }

    private static Command saying(Payload payload) {
        return new Command(
                new UUID(0, 1),
                new UUID(0, 2),
                "3EB0",
                "+5491123456789",
                payload,
                Instant.parse("2026-11-23T12:00:00Z"));
    }

    @Test
    void an_engine_that_does_not_know_an_identity_cannot_write_to_it() {
        assertThat(Recipient.of(new ContactIds(null, "99887766", null, null), LineEngineKind.CLOUD_API))
                .isEmpty();
        assertThat(Recipient.of(new ContactIds(null, null, "AR.1", null), LineEngineKind.LINKED_DEVICE))
                .isEmpty();
    }
}
