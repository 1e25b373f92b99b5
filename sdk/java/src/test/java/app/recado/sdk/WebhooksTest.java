package app.recado.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A webhook is believed when its secret signed it lately. */
class WebhooksTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String FORMER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private static final String BODY =
            "{\"type\":\"appointment.booked\",\"timestamp\":\"2026-12-01T12:00:00Z\",\"data\":{\"organizationId\":\"o\",\"id\":\"a\",\"sequence\":1207}}";

    private static Map<String, List<String>> signed(String secret, Instant at) throws Exception {
        return Map.of(
                "Webhook-Id", List.of("msg_1"),
                "Webhook-Timestamp", List.of(Long.toString(at.getEpochSecond())),
                "Webhook-Signature", List.of(new Webhook(secret).sign("msg_1", at.getEpochSecond(), BODY)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void what_the_secret_or_the_former_one_signed_is_read() throws Exception {
        var webhooks = new Webhooks(List.of(SECRET, FORMER));
        for (var secret : List.of(SECRET, FORMER)) {
            var event = webhooks.verify(signed(secret, Instant.now()), bytes(BODY));
            assertThat(event.id()).isEqualTo("msg_1");
            assertThat(event.type()).isEqualTo("appointment.booked");
            assertThat(event.recordId()).isEqualTo("a");
            assertThat(event.sequence()).isEqualTo(1207);
        }
    }

    @Test
    void what_was_changed_is_old_or_signed_by_another_is_refused() throws Exception {
        var webhooks = new Webhooks(List.of(SECRET));
        var now = Instant.now();
        assertThatThrownBy(() -> webhooks.verify(signed(SECRET, now), bytes(BODY.replace("1207", "1"))))
                .isInstanceOf(Webhooks.Refused.class);
        assertThatThrownBy(() -> webhooks.verify(signed(SECRET, now.minusSeconds(600)), bytes(BODY)))
                .isInstanceOf(Webhooks.Refused.class);
        assertThatThrownBy(() -> webhooks.verify(signed(FORMER, now), bytes(BODY))).isInstanceOf(Webhooks.Refused.class);
        assertThatThrownBy(() -> webhooks.verify(Map.of(), bytes(BODY))).isInstanceOf(Webhooks.Refused.class);
    }
}
