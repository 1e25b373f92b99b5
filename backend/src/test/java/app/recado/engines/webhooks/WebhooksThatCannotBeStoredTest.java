package app.recado.engines.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.engines.CloudApiLine;
import app.recado.engines.TwilioLine;
import app.recado.testing.Clinics;
import app.recado.testing.DueJobs;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** What a provider delivers and whoever should take it cannot take. */
@RecadoTest
class WebhooksThatCannotBeStoredTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    DueJobs jobs;

    @Autowired
    Poison poison;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @BeforeEach
    void monday() {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
    }

    private CloudApiLine poisoned() {
        var line = CloudApiLine.linked(clinics);
        poison.lines.add(line.line);
        return line;
    }

    private List<JsonNode> setAside(UUID clinic) {
        return clinics.platformAdmin()
                .get("/api/v1/platform/set-aside-events")
                .json()
                .path("items")
                .valueStream()
                .filter(item -> item.path("organizationId").asString().equals(clinic.toString()))
                .toList();
    }

    private static String inbound(Clinics.Clinic clinic) {
        return clinic.receptionist().get("/inbound-messages").text();
    }

    private void passes(Duration time) {
        clock.advance(time);
        jobs.run();
    }

    @Test
    void what_cannot_be_stored_is_taken_kept_and_tried_again_and_the_rest_of_the_delivery_goes_on() {
        var line = poisoned();
        var both = """
                "messages":[{"from":"5491123456789","id":"wamid.BAD","timestamp":"1795435200","type":"text","text":{"body":"poison"}},
                 {"from":"5491123456789","id":"wamid.GOOD","timestamp":"1795435201","type":"text","text":{"body":"hola"}}]
                """;

        assertThat(line.delivers(both).status()).as("not to be repeated").isEqualTo(200);

        assertThat(inbound(line.clinic)).contains("hola").doesNotContain("poison");
        assertThat(setAside(line.clinic.id())).as("it is tried again first").isEmpty();

        poison.lines.clear();
        passes(Duration.ofSeconds(15));
        assertThat(inbound(line.clinic)).contains("poison");
        assertThat(line.clinic
                        .receptionist()
                        .get("/inbound-messages")
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(2);
        assertThat(setAside(line.clinic.id())).isEmpty();
    }

    @Test
    void what_fails_five_times_is_set_aside_shown_and_stored_when_somebody_asks_for_it() {
        var line = poisoned();
        assertThat(line.text("wamid.BAD", "poison", "").status()).isEqualTo(200);

        for (int i = 0; i < 3; i++) {
            passes(Duration.ofMinutes(2));
            assertThat(setAside(line.clinic.id())).isEmpty();
        }
        passes(Duration.ofMinutes(2));

        var kept = setAside(line.clinic.id()).getFirst();
        assertThat(kept.path("source").asString()).isEqualTo("cloud-api");
        assertThat(kept.path("type").asString()).isEqualTo("message");
        assertThat(kept.path("attempts").asInt()).isEqualTo(5);
        assertThat(kept.path("cause").asString()).isEqualTo("java.lang.IllegalStateException");
        assertThat(kept.toString()).doesNotContain("Ana", "poison");
        assertThat(clinics.platformAdmin()
                        .get("/api/v1/platform/health")
                        .json()
                        .path("setAsideEvents")
                        .asInt())
                .isPositive();
        assertThat(line.text("wamid.BAD", "poison", "").status())
                .as("repeated all the same")
                .isEqualTo(200);
        assertThat(setAside(line.clinic.id())).hasSize(1);

        var replay = "/api/v1/platform/set-aside-events/" + line.clinic.id() + "/"
                + kept.path("id").asString() + "/replay";
        assertThat(clinics.platformAdmin().post(replay, null).code()).isEqualTo("conflict");
        poison.lines.clear();
        assertThat(clinics.platformAdmin().post(replay, null).status()).isEqualTo(204);
        assertThat(inbound(line.clinic)).contains("poison");
        assertThat(setAside(line.clinic.id())).isEmpty();
    }

    @Test
    void twilio_that_calls_once_loses_nothing() {
        var line = TwilioLine.linked(clinics);
        poison.lines.add(line.line);

        assertThat(line.hears("SM-BAD", Map.of("Body", "poison")).status()).isEqualTo(200);

        poison.lines.clear();
        passes(Duration.ofSeconds(15));
        assertThat(inbound(line.clinic)).contains("poison");
    }

    @Test
    void a_delivery_that_fails_while_it_is_read_is_kept_as_a_whole() {
        var line = CloudApiLine.linked(clinics);
        poison.nobodyReads(line.line, true);

        assertThat(line.text("wamid.BAD", Poison.UNREADABLE, "").status()).isEqualTo(200);
        assertThat(line.text("wamid.GOOD", "hola", "").status()).isEqualTo(200);

        assertThat(inbound(line.clinic)).contains("hola").doesNotContain(Poison.UNREADABLE);
        poison.nobodyReads(line.line, false);
        passes(Duration.ofSeconds(15));
        assertThat(inbound(line.clinic)).contains(Poison.UNREADABLE);
    }

    private List<String> kept(CloudApiLine line) {
        return line.clinic.inside(() ->
                transaction.execute(status -> jdbc.sql("select type from set_aside_event where organization_id = ?")
                        .param(line.clinic.id())
                        .query(String.class)
                        .list()));
    }

    @Test
    void of_a_delivery_in_which_much_fails_one_copy_is_kept() {
        var line = poisoned();
        var messages = IntStream.range(0, 11)
                .mapToObj(n ->
                        "{\"from\":\"5491123456789\",\"id\":\"wamid.%d\",\"timestamp\":\"1795435200\",\"type\":\"text\",\"text\":{\"body\":\"poison\"}}"
                                .formatted(n))
                .toList();

        assertThat(line.delivers("\"messages\":[" + String.join(",", messages) + "]")
                        .status())
                .isEqualTo(200);
        assertThat(kept(line)).containsExactly("webhook");
        assertThat(line.delivers("\"messages\":[" + String.join(",", messages.subList(0, 10)) + "]")
                        .status())
                .isEqualTo(200);
        assertThat(kept(line)).hasSize(11).contains("message");

        poison.lines.clear();
        passes(Duration.ofSeconds(15));
        assertThat(kept(line)).isEmpty();
        assertThat(line.clinic
                        .receptionist()
                        .get("/inbound-messages")
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(11);
    }

    @Test
    void while_the_database_is_away_the_provider_is_asked_to_deliver_again_and_nothing_is_kept() {
        var line = poisoned();

        for (int i = 0; i < 6; i++) {
            assertThat(line.text("wamid.LATER", "outage", "").status()).isEqualTo(500);
            passes(Duration.ofMinutes(2));
        }

        assertThat(setAside(line.clinic.id())).isEmpty();
        poison.lines.clear();
        assertThat(line.text("wamid.LATER", "outage", "").status()).isEqualTo(200);
        assertThat(inbound(line.clinic)).contains("outage");
    }
}
