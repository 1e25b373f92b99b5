package app.recado.engines.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.engines.webhooks.Poison;
import app.recado.testing.Clinics;
import app.recado.testing.GatewayVoice;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** An event that whoever should take it cannot take. */
@RecadoTest
class SetAsideEventsTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    Poison poison;

    private Clinics.Clinic clinic = new Clinics.Clinic(new UUID(0, 1), "");
    private UUID line = new UUID(0, 0);
    private GatewayVoice voice = new GatewayVoice(clinic.withoutToken(), Clock.systemUTC(), line, line);

    @BeforeEach
    void poisoned() {
        clinic = clinics.open();
        line = clinic.owner()
                .post("/whatsapp-lines", Map.of("name", "Recepción"))
                .id();
        voice = new GatewayVoice(clinics.anonymous(), clock, clinic.id(), line);
        poison.lines.add(line);
    }

    private JsonNode mine(String list) {
        return clinics.platformAdmin()
                .get("/api/v1/platform/" + list)
                .json()
                .path("items")
                .valueStream()
                .filter(item -> item.path("organizationId")
                        .asString()
                        .equals(clinic.id().toString()))
                .findFirst()
                .orElse(tools.jackson.databind.node.MissingNode.getInstance());
    }

    private String newestText() {
        return clinic.receptionist().get("/inbound-messages?limit=1").at("/items/0/text");
    }

    @Test
    void an_event_that_cannot_be_stored_is_set_aside_after_some_tries_and_what_is_behind_it_goes_on() {
        var bad = voice.from("+5491100001111").writes("poison");
        var good = voice.from("+5491100001111").writes("hola");
        for (int i = 0; i < 5; i++) {
            assertThat(voice.deliver(bad, good).status()).isEqualTo(500);
        }
        assertThat(mine("set-aside-events").isMissingNode()).isTrue();

        clock.advance(Duration.ofMinutes(1));
        assertThat(voice.deliver(bad, good).status()).isEqualTo(204);
        assertThat(newestText()).isEqualTo("hola");
        assertThat(voice.deliver(bad).status()).isEqualTo(204);
        var kept = mine("set-aside-events");
        assertThat(kept.path("source").asString()).isEqualTo("gateway");
        assertThat(kept.path("attempts").asInt()).isEqualTo(6);
        assertThat(kept.path("cause").asString()).isEqualTo("java.lang.IllegalStateException");
        assertThat(kept.toString()).doesNotContain("Ana", "poison");
        assertThat(clinics.platformAdmin()
                        .get("/api/v1/platform/health")
                        .json()
                        .path("setAsideEvents")
                        .asInt())
                .isPositive();

        var replay = "/api/v1/platform/set-aside-events/" + clinic.id() + "/"
                + kept.path("id").asString() + "/replay";
        assertThat(clinics.platformAdmin().post(replay, null).code()).isEqualTo("conflict");
        assertThat(mine("set-aside-events").isMissingNode()).isFalse();

        poison.lines.clear();
        assertThat(clinics.platformAdmin().post(replay, null).status()).isEqualTo(204);
        assertThat(clinic.receptionist().get("/inbound-messages").text()).contains("poison");
        assertThat(mine("set-aside-events").isMissingNode()).isTrue();
        assertThat(clinics.platformAdmin().post(replay, null).status()).isEqualTo(404);
    }

    @Test
    void while_the_database_is_away_nothing_is_set_aside() {
        var during = voice.from("+5491100001111").writes("outage");
        for (int i = 0; i < 7; i++) {
            assertThat(voice.deliver(during).status()).isEqualTo(500);
            clock.advance(Duration.ofMinutes(1));
        }
        assertThat(mine("set-aside-events").isMissingNode()).isTrue();
    }
}
