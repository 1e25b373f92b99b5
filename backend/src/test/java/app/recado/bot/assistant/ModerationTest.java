package app.recado.bot.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.bot.assistant.MessageScreen.Finding;
import app.recado.bot.assistant.Moderation.Judged;
import app.recado.kernel.outgoing.AddressGuard;
import app.recado.kernel.outgoing.OutgoingHttp;
import app.recado.testing.StubProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server says of a message, in OpenAI's wire format: who may be hurt, who insults, and what an answer that is none means. */
class ModerationTest {

    private final ScriptedModel server = new ScriptedModel();
    private final OutgoingHttp http = new OutgoingHttp(
            Duration.ofSeconds(1), Duration.ofMillis(400), new AddressGuard(true, Set.of("127.0.0.1")));

    @AfterEach
    void close() throws IOException {
        server.close();
        http.close();
    }

    private Judged judge(String url) {
        return new Moderation(
                        new ModelHttp(http, Duration.ofMillis(400), Set.of("127.0.0.1")),
                        url,
                        "judge-1",
                        "key-of-the-clinic")
                .judge("lo que escribió");
    }

    @ParameterizedTest
    @CsvSource({
        "flag self-harm self-harm/intent,EMERGENCY",
        "flag self-harm harassment,EMERGENCY",
        "flag violence violence/graphic,EMERGENCY",
        "flag violence harassment/threatening,ABUSE",
        "flag hate,ABUSE",
        "flag sexual,ABUSE",
        "flag,ABUSE",
        "pass,NOTHING"
    })
    void categories_tell_who_may_be_hurt_from_who_insults(String step, Finding finding) {
        server.judges(step);

        assertThat(judge(server.url()))
                .isEqualTo(new Judged(finding, finding == Finding.NOTHING ? "passed" : "flagged"));

        var asked = server.judged().getFirst();
        assertThat(asked.path("model").asString()).isEqualTo("judge-1");
        assertThat(asked.path("input").asString()).isEqualTo("lo que escribió");
        assertThat(server.lastPath()).isEqualTo("/v1/moderations");
        assertThat(server.lastAuthorization()).isEqualTo("Bearer key-of-the-clinic");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status 429",
                "status 500",
                "status 404",
                "status 302",
                "hang-up",
                "raw nonsense",
                "raw {}",
                "raw []",
                "raw {\"results\":[]}",
                "raw {\"results\":[{\"flagged\":\"yes\"}]}",
                "raw {\"results\":\"none\"}"
            })
    void an_answer_that_is_none_says_nothing_of_a_message(String step) {
        server.judges(step);

        assertThat(judge(server.url())).isEqualTo(new Judged(Finding.NOTHING, "failed"));
    }

    @Test
    void a_server_that_is_slow_is_not_waited_for() {
        var end = new CountDownLatch(1);
        try (var slow = new StubProvider()) {
            slow.always(asked -> {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return StubProvider.Answer.json(200, "{}");
            });
            assertThat(judge(slow.url() + "/v1").outcome()).isEqualTo("failed");
            end.countDown();
        }
    }
}
