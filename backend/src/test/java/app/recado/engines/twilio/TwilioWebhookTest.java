package app.recado.engines.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.provider.ProviderEvent;
import app.recado.whatsapp.ContactIds;
import app.recado.whatsapp.InboundReceived;
import com.twilio.security.RequestValidator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

public class TwilioWebhookTest {

    private static final String SID = "AC0123456789abcdef0123456789abcdef";
    private static final LineCredentials.Twilio LINE = new LineCredentials.Twilio(SID, "token", "+14155238886");
    private static final String ADDRESS = "https://recado.example/webhooks/v1/twilio/abc";
    private static final UUID LINE_ID = UUID.fromString("01993b1c-0000-7000-8000-000000000001");
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final Map<String, String> form = new LinkedHashMap<>(Map.of(
            "AccountSid", SID,
            "MessageSid", "SM01",
            "From", "whatsapp:+5491123456789",
            "To", "whatsapp:+14155238886",
            "ProfileName", "Ana",
            "WaId", "5491123456789",
            "Body", "  Sí, voy  ",
            "NumMedia", "0"));

    public static byte[] bytes(Map<String, String> form) {
        return form.entrySet().stream()
                .map(e -> URLEncoder.encode(e.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private TwilioWebhook webhook() {
        return TwilioWebhook.parse(bytes(form));
    }

    private InboundReceived message() throws ProviderEvent.NotOurs {
        var said = webhook().message(LINE_ID, LINE, NOW);
        return ((ProviderEvent.Message) said.getFirst()).inbound();
    }

    /** Signs as Twilio documents it, by the reference of whoever signs there: no code of ours takes part. */
    private static String signature(String address, Map<String, String> form) {
        try {
            var text = new StringBuilder(address);
            new java.util.TreeMap<>(form)
                    .forEach((name, value) -> text.append(name).append(value));
            var mac = javax.crypto.Mac.getInstance("HmacSHA1");
            mac.init(new javax.crypto.spec.SecretKeySpec("token".getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return java.util.Base64.getEncoder()
                    .encodeToString(mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void our_judgement_of_a_signature_is_that_of_the_official_sdk() {
        var official = new RequestValidator("token");
        var withQuery = ADDRESS + "/status?message=01993b1c-0000-7000-8000-000000000001";
        form.put("Empty", "");
        form.put("Emoji", "👍 ñ + &=");

        for (var address : new String[] {ADDRESS, withQuery}) {
            var fits = signature(address, form);
            assertThat(official.validate(address, form, fits)).isTrue();
            assertThat(webhook().signed("token", address, fits)).isTrue();
        }
        var fits = signature(ADDRESS, form);
        for (var wrong : new String[] {fits.toLowerCase(java.util.Locale.ROOT), "", "x", signature(withQuery, form)}) {
            assertThat(official.validate(ADDRESS, form, wrong)).isFalse();
            assertThat(webhook().signed("token", ADDRESS, wrong)).isFalse();
        }
        assertThat(webhook().signed("token", ADDRESS, null)).isFalse();
        assertThat(webhook().signed("other", ADDRESS, fits)).isFalse();
    }

    @Test
    void values_are_signed_untrimmed_and_every_parameter_counts() {
        var fits = signature(ADDRESS, form);
        form.put("Body", "Sí, voy");
        assertThat(webhook().signed("token", ADDRESS, fits)).isFalse();
        form.put("Body", "  Sí, voy  ");
        form.put("Unheard", "of");
        assertThat(webhook().signed("token", ADDRESS, fits)).isFalse();
        form.remove("Unheard");
        assertThat(webhook().signed("token", ADDRESS, fits)).isTrue();
    }

    @Test
    void a_text_is_read_as_it_was_written() throws Exception {
        form.put("OriginalRepliedMessageSid", "SM99");
        var text = message();

        assertThat(text.sender().ids().phone()).isEqualTo("+5491123456789");
        assertThat(text.content().text()).isEqualTo("  Sí, voy  ");
        assertThat(text.sender().name()).isEqualTo("Ana");
        assertThat(text.content().quotedProviderMessageId()).isEqualTo("SM99");
        assertThat(text.content().kind()).isEqualTo("text");
        assertThat(text.sentAt()).isEqualTo(NOW);
    }

    @Test
    void buttons_lists_places_and_media_are_read() throws Exception {
        form.put("ButtonText", "Confirmo");
        form.put("ButtonPayload", "CONFIRM");
        assertThat(message().content().choice()).isEqualTo(new InboundReceived.Choice("CONFIRM"));
        form.remove("ButtonText");
        assertThat(message().content().choice())
                .as("a button without words")
                .isEqualTo(new InboundReceived.Choice("CONFIRM"));
        form.remove("ButtonPayload");
        form.put("ListTitle", "Martes");
        form.put("ListId", "r2");
        assertThat(message().content().choice()).isEqualTo(new InboundReceived.Choice("r2"));
        form.remove("ListTitle");
        form.put("Latitude", "-34.6");
        form.put("Longitude", "-58.4");
        assertThat(message().content().location()).isEqualTo(new InboundReceived.Location(-34.6, -58.4, null, null));
        form.remove("Latitude");
        form.put("NumMedia", "2");
        form.put("MediaUrl0", "https://api.twilio.com/m/0");
        form.put("MediaContentType0", "image/jpeg");
        form.put("MediaUrl1", "https://api.twilio.com/m/1");
        form.put("MediaContentType1", "application/pdf");
        var said = webhook().message(LINE_ID, LINE, NOW);
        assertThat(said).hasSize(2);
        assertThat(message().content().kind()).isEqualTo("image");
        var second = (ProviderEvent.Message) said.getLast();
        assertThat(second.inbound().kind()).isEqualTo("document");
        assertThat(second.reference()).isEqualTo("https://api.twilio.com/m/1");
        assertThat(second.inbound().providerMessageId()).isEqualTo("SM01/1");
    }

    @Test
    void somebody_without_a_number_is_known_by_their_user_id() throws Exception {
        form.remove("WaId");
        form.put("From", "whatsapp:AR.13491208655302741918");
        assertThat(message().sender().ids()).isEqualTo(new ContactIds(null, null, "AR.13491208655302741918", null));
        form.put("From", "whatsapp:+5491123456789");
        form.put("ExternalUserId", "AR.1");
        assertThat(message().sender().ids()).isEqualTo(new ContactIds("+5491123456789", null, "AR.1", null));
    }

    @Test
    void a_status_names_our_message_and_its_error() throws Exception {
        var ours = UUID.randomUUID();
        form.put("From", "whatsapp:+14155238886");
        form.put("To", "whatsapp:+5491123456789");
        form.put("MessageStatus", "undelivered");
        form.put("ErrorCode", "63016");
        assertThat(webhook().status(LINE, ours))
                .containsExactly(new ProviderEvent.Status("SM01", ours, "failed", "63016", null));
        form.put("MessageStatus", "queued");
        assertThat(webhook().status(LINE, ours)).isEmpty();
        form.put("MessageStatus", "read");
        assertThat(webhook().status(LINE, ours))
                .containsExactly(new ProviderEvent.Status("SM01", ours, "read", null, null));
    }

    @Test
    void another_account_or_number_is_not_ours() {
        form.put("To", "whatsapp:+14155238887");
        assertThatThrownBy(this::message).isInstanceOf(ProviderEvent.NotOurs.class);
        form.put("To", "whatsapp:+14155238886");
        form.put("AccountSid", "ACother");
        assertThatThrownBy(this::message).isInstanceOf(ProviderEvent.NotOurs.class);
    }
}
