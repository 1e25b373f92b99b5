package app.recado.devstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The receiver of drills checks signatures as Standard Webhooks says; secret, message and signature are from its tests. */
class VerifyingReceiverTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static final String OTHER = "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    private final VerifyingReceiver receiver = VerifyingReceiver.start();

    @AfterEach
    void stop() {
        receiver.close();
    }

    private void tell(String signatures, String body) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(receiver.url("drill")))
                    .header("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
                    .header("webhook-timestamp", "1614265330")
                    .header("webhook-signature", signatures)
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(204);
        }
    }

    @Test
    void a_signature_with_the_secret_is_known_also_beside_another_one() throws Exception {
        receiver.expect(SECRET);

        tell(SIGNATURE, "{\"test\": 2432232314}");
        tell(OTHER + " " + SIGNATURE, "{\"test\": 2432232314}");

        assertThat(receiver.taken()).isEqualTo(2);
        assertThat(receiver.forged()).isZero();
    }

    @Test
    void what_was_not_signed_with_the_secret_is_counted() throws Exception {
        receiver.expect(SECRET);

        tell(OTHER, "{\"test\": 2432232314}");
        tell(SIGNATURE, "{\"test\": 2432232315}");

        assertThat(receiver.forged()).isEqualTo(2);
        assertThat(receiver.complaints())
                .containsExactly("2 of 2 webhooks were not signed with the secret their receiver had");
    }

    @Test
    void silence_is_no_proof() throws Exception {
        assertThat(receiver.complaints()).containsExactly("no webhook came");

        receiver.expect(SECRET);
        tell(SIGNATURE, "{\"test\": 2432232314}");

        assertThat(receiver.complaints()).isEmpty();
    }

    @Test
    void who_expects_no_secret_takes_everything() throws Exception {
        tell(OTHER, "{}");

        assertThat(receiver.taken()).isEqualTo(1);
        assertThat(receiver.forged()).isZero();
    }
}
