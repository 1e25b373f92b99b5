package app.recado.devstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.recado.devstack.WebhookReceiver.Habits;
import app.recado.devstack.WebhookReceiver.Manner;
import app.recado.devstack.WebhookSoakVerdict.Limit;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The soak of webhooks says what was lost and late, and its receivers misbehave as they are called. */
class WebhookSoakTest {

    private static final Habits HABITS = new Habits(Duration.ofSeconds(40), Duration.ZERO, "http://127.0.0.1:9/");

    private static final Duration PATIENT = Duration.ofSeconds(10);

    private static HttpResponse<String> tell(WebhookReceiver receiver, Duration patience)
            throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(receiver.url()))
                            .version(HttpClient.Version.HTTP_1_1)
                            .timeout(patience)
                            .POST(HttpRequest.BodyPublishers.ofString("{\"data\":{\"id\":\"a\"}}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void a_receiver_that_answers_knows_of_which_record_and_when() throws Exception {
        try (var receiver = new WebhookReceiver(Manner.ANSWERS, HABITS)) {
            long before = System.nanoTime();
            assertThat(tell(receiver, PATIENT).statusCode()).isEqualTo(200);
            assertThat(receiver.taken()).containsOnlyKeys("a");
            assertThat(receiver.taken().get("a")).isBetween(before, System.nanoTime());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HANGS", "LATE"})
    void a_receiver_that_hangs_or_is_late_is_asked_and_takes_nothing(Manner manner) {
        try (var receiver = new WebhookReceiver(manner, HABITS)) {
            assertThatThrownBy(() -> tell(receiver, Duration.ofMillis(800))).isInstanceOf(HttpTimeoutException.class);
            assertThat(receiver.requests()).isOne();
            assertThat(receiver.taken()).isEmpty();
        }
    }

    @Test
    void a_receiver_that_redirects_says_where_and_one_that_floods_answers_in_full() throws Exception {
        try (var away = new WebhookReceiver(Manner.REDIRECTS, HABITS);
                var flood = new WebhookReceiver(Manner.FLOODS, HABITS)) {
            assertThat(tell(away, PATIENT).headers().firstValue("Location")).contains(HABITS.elsewhere());
            assertThat(away.taken()).isEmpty();
            assertThat(tell(flood, PATIENT).body()).hasSize(10 * 1024 * 1024);
        }
    }

    @Test
    void what_was_lost_and_what_was_late_is_told() {
        var verdict = new WebhookSoakVerdict();
        verdict.told("right", Map.of("a", 0L), Map.of("a", 1_000_000L), Limit.of(Duration.ofSeconds(1)));
        assertThat(verdict.complaints()).isEmpty();
        verdict.told("late", Map.of("a", 0L), Map.of("a", 2_000_000_000L), Limit.of(Duration.ofSeconds(1)));
        verdict.told("lossy", Map.of("a", 0L, "b", 0L), Map.of("a", 1L), Limit.none());
        assertThat(verdict.complaints())
                .containsExactly("late: 95 of 100 took up to 2.00 s, more than 1 s", "lossy was never told of 1 of 2");
    }
}
