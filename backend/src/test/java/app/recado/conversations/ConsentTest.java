package app.recado.conversations;

import static app.recado.testing.LoopClinic.at;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.patients.PatientConsentChanged;
import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.GatewayVoice;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;

/** Who does not want to be written to is not, whoever they are by then, and hears how to change their mind. */
@RecadoTest
class ConsentTest {

    private static final String ANA = "+5491123456789";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Autowired
    ConfigurableApplicationContext context;

    @Nullable LoopClinic opened;

    @BeforeEach
    void open() {
        clock.set(at("2026-11-23T12:00:00Z"));
        opened = LoopClinic.open(clinics, clock, worker);
    }

    private LoopClinic clinic() {
        return Objects.requireNonNull(opened);
    }

    private GatewayVoice voice() {
        return clinic().voice;
    }

    private void writes(String text) {
        clinic().hears(voice().from(ANA).writes(text));
        clinic().turn();
        clock.advance(Duration.ofMinutes(1));
    }

    private Answer read(UUID patient) {
        return clinic().clinic.receptionist().get("/patients/" + patient);
    }

    private String messaging(UUID patient) {
        return read(patient).at("/messaging");
    }

    private String last() {
        var inbound = clinic().lastInbound();
        return inbound.path("outcome").asString() + " " + inbound.path("reason").asString("-");
    }

    private void speaks(UUID patient, String language) {
        change(patient, Map.of("language", language));
    }

    private void change(UUID patient, Map<String, Object> changes) {
        var seen = read(patient);
        var body =
                new HashMap<String, @Nullable Object>(Map.of("givenName", "Ana", "familyName", "Núñez", "phone", ANA));
        body.putAll(changes);
        var answer = clinic().clinic.receptionist().ifMatch(seen.etag()).put("/patients/" + patient, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"es, BAJA, ALTA", "pt-BR, SAIR, VOLTAR", "en, STOP, START"})
    void a_stop_and_a_start_are_answered_once_in_the_patients_language_with_its_words(
            String language, String stop, String start) {
        var patient = clinic().patient("Ana", ANA);
        speaks(patient, language);
        var audited = new CopyOnWriteArrayList<PatientConsentChanged>();
        context.addApplicationListener(event -> {
            if (event instanceof PayloadApplicationEvent<?> of
                    && of.getPayload() instanceof PatientConsentChanged change
                    && change.id().equals(patient)) {
                audited.add(change);
            }
        });

        writes(stop);
        writes(stop);
        assertThat(messaging(patient)).isEqualTo("opted-out");
        assertThat(clinic().commands()).hasSize(1);
        assertThat(clinic().commands().getLast().text).contains(start);

        writes(start);
        assertThat(last()).isEqualTo("opted-in -");
        assertThat(messaging(patient)).isEqualTo("allowed");
        writes(start);
        assertThat(last()).as("nothing had been stopped").isEqualTo("for-staff not-understood");
        assertThat(clinic().commands()).hasSize(2);
        assertThat(clinic().commands().getLast().text).contains(stop);
        assertThat(audited)
                .containsExactly(
                        new PatientConsentChanged(patient, "care", false, "patient"),
                        new PatientConsentChanged(patient, "care", true, "patient"));
    }

    @Test
    void a_stop_from_an_unknown_number_holds_for_whoever_is_registered_with_it() {
        writes("BAJA");
        assertThat(last()).isEqualTo("opted-out -");
        assertThat(clinic().commands()).hasSize(1);

        var registered = clinic().patient("Ana", ANA);
        assertThat(messaging(registered)).isEqualTo("opted-out");
        var moved = clinic().patient("Beto", "+5491123456780");
        assertThat(messaging(moved)).isEqualTo("allowed");
        change(moved, Map.of());
        assertThat(messaging(moved)).isEqualTo("opted-out");

        writes("ALTA");
        assertThat(messaging(registered)).isEqualTo("allowed");
        assertThat(messaging(moved)).isEqualTo("allowed");
        assertThat(messaging(clinic().patient("Hijo", ANA))).isEqualTo("allowed");
    }

    @Test
    void a_stranger_hears_once_and_in_the_clinics_language_that_they_are_left_alone() {
        writes("BAJA");
        writes("SAIR");

        assertThat(clinic().commands()).hasSize(1);
        assertThat(clinic().commands().getFirst().to).isEqualTo(ANA);
        assertThat(clinic().commands().getFirst().text).contains("escribe ALTA");
        writes("ALTA");
        assertThat(clinic().commands()).hasSize(2);
        assertThat(clinic().commands().getLast().text).contains("escribe BAJA");
    }

    @Test
    void another_clinic_is_told_by_another_stop() {
        writes("BAJA");

        var other = LoopClinic.open(clinics, clock, worker);

        assertThat(other.clinic
                        .receptionist()
                        .get("/patients/" + other.patient("Ana", ANA))
                        .at("/messaging"))
                .isEqualTo("allowed");
    }

    @Test
    void the_wish_that_was_written_last_wins_whatever_arrives_last() {
        var patient = clinic().patient("Ana", ANA);
        writes("BAJA");
        var between = clock.instant();
        clock.advance(Duration.ofMinutes(10));
        writes("ALTA");
        var visit = clinic().books(patient, "2026-11-26T13:00:00Z").id();

        clinic().hears(voice().from(ANA).at(between).writes("BAJA"));

        assertThat(last()).isEqualTo("ignored older-answer");
        assertThat(messaging(patient)).isEqualTo("allowed");
        clinic().turn();
        assertThat(clinic().message(visit, "confirmation").path("state").asString())
                .as("what was planned since is not withdrawn")
                .isEqualTo("accepted");
    }

    @ParameterizedTest
    @CsvSource({
        "undeliverable, allowed",
        "deferred-by-network, allowed",
        "recipient-opted-out, allowed",
        "marketing-opted-out, opted-out"
    })
    void only_one_refusal_of_a_provider_stops_anything_and_that_is_marketing(String reason, String marketing) {
        var patient = clinic().patient("Ana", ANA);
        var visit = clinic().books(patient, "2026-11-26T13:00:00Z").id();
        clinic().turn();
        var sent = clinic().command(visit, "confirmation");

        clinic().hears(voice().messageIs(sent.messageId, sent.providerMessageId, "failed", reason));

        assertThat(read(patient).at("/marketing")).isEqualTo(marketing);
        assertThat(messaging(patient)).isEqualTo("allowed");
        clock.set(at("2026-11-25T13:00:00Z"));
        clinic().turn();
        assertThat(clinic().message(visit, "reminder").path("state").asString()).isEqualTo("accepted");
    }

    @Test
    void staff_may_stop_marketing_alone() {
        var patient = clinic().patient("Ana", ANA);

        change(patient, Map.of("marketing", "opted-out"));

        assertThat(read(patient).at("/marketing")).isEqualTo("opted-out");
        assertThat(messaging(patient)).isEqualTo("allowed");
    }
}
