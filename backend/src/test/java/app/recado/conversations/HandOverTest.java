package app.recado.conversations;

import static app.recado.testing.LoopClinic.at;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.DueJobs;
import app.recado.testing.GatewayVoice;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Somebody asks for a person: people are called, and when nobody comes in time the patient is told. */
@RecadoTest
class HandOverTest {

    private static final String ANA = "+5491123456789";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Autowired
    DueJobs jobs;

    @Nullable LoopClinic opened;

    @BeforeEach
    void open() {
        clock.set(at("2026-11-24T12:00:00Z"));
        opened = LoopClinic.open(clinics, clock, worker);
    }

    private LoopClinic clinic() {
        return Objects.requireNonNull(opened);
    }

    private Api desk() {
        return clinic().clinic.receptionist();
    }

    private GatewayVoice.Inbound ana() {
        clock.advance(Duration.ofSeconds(10));
        return clinic().voice.from(ANA);
    }

    private UUID asks(String words) {
        clinic().hears(ana().writes(words));
        return UUID.fromString(desk().get("/conversations").at("/items/0/id"));
    }

    private Api.Answer one(UUID id) {
        return desk().get("/conversations/" + id);
    }

    private boolean waits(UUID id) {
        return one(id).json().path("handOver").isObject();
    }

    private void laterBy(Duration time) {
        clock.advance(time);
        jobs.run();
        clinic().turn();
    }

    private List<String> left() {
        return clinic().commands().stream().map(command -> command.text).toList();
    }

    @Test
    void words_that_ask_for_a_person_begin_a_countdown_and_other_words_do_not() {
        assertThat(waits(asks("¿atienden mañana?"))).isFalse();

        var id = asks("Quiero hablar con una persona");

        assertThat(one(id).at("/handOver/cause")).isEqualTo("patient");
        assertThat(one(id).at("/handOver/deadlineAt")).isEqualTo("2026-11-24T12:05:20Z");
    }

    @Test
    void whoever_takes_it_or_answers_ends_the_countdown() {
        var id = asks("persona");
        desk().ifMatch(one(id).etag()).post("/conversations/" + id + "/take", null);
        assertThat(waits(id)).isFalse();

        asks("quiero hablar con alguien");
        assertThat(waits(id)).isTrue();
        clinic().hears(ana().with("fromMe", true).writes("Hola, soy Marcela"));
        assertThat(waits(id)).as("answered on the clinic's own phone").isFalse();

        laterBy(Duration.ofMinutes(10));
        assertThat(left()).isEmpty();
    }

    @Test
    void when_nobody_comes_in_time_the_patient_is_told_once_and_goes_on_waiting() {
        var id = asks("quero falar com um atendente");
        laterBy(Duration.ofMinutes(4));
        assertThat(left()).isEmpty();

        laterBy(Duration.ofMinutes(2));
        laterBy(Duration.ofMinutes(30));

        assertThat(left()).hasSize(1).first().asString().contains("no hay nadie libre");
        assertThat(one(id).at("/turn")).isEqualTo("clinic");
        assertThat(one(id).at("/handOver/timedOut")).isEqualTo("true");
    }

    @Test
    void a_clinic_says_how_long_and_in_what_words() {
        var owner = clinic().clinic.owner();
        var settings = owner.get("/hand-over-settings");
        var changed = owner.ifMatch(settings.etag())
                .put("/hand-over-settings", Map.of("minutes", 1, "emails", List.of(), "timeoutText", "Ya volvemos."));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(owner.ifMatch(changed.etag())
                        .put("/hand-over-settings", Map.of("minutes", 0, "emails", List.of()))
                        .code())
                .isEqualTo("invalid-fields");

        asks("persona");
        laterBy(Duration.ofSeconds(61));

        assertThat(left()).containsExactly("Ya volvemos.");
    }

    @Test
    void a_colleague_hands_over_and_the_conversation_is_nobodys() {
        var id = asks("¿atienden mañana?");
        desk().ifMatch(one(id).etag()).post("/conversations/" + id + "/take", null);

        var handed = desk().ifMatch(one(id).etag()).post("/conversations/" + id + "/hand-over", null);

        assertThat(handed.status()).as(handed.text()).isEqualTo(200);
        assertThat(handed.json().path("assignee").isNull()).isTrue();
        assertThat(handed.at("/handOver/cause")).isEqualTo("staff");
    }
}
