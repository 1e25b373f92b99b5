package app.recado.conversations;

import static app.recado.testing.LoopClinic.at;
import static app.recado.testing.LoopClinic.created;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.FakeGateway;
import app.recado.testing.GatewayVoice;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Whoever wrote is answered, also while nobody knows their number. */
@RecadoTest
class ContactRepliesTest {

    private static final String ANA = "+5491123456789";
    private static final String LID = "99887766554433";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Nullable LoopClinic opened;

    @BeforeEach
    void open() {
        clock.set(at("2026-11-23T12:00:00Z"));
        opened = LoopClinic.open(clinics, clock, worker);
    }

    private LoopClinic clinic() {
        return Objects.requireNonNull(opened);
    }

    private GatewayVoice.Inbound stranger() {
        clock.advance(Duration.ofSeconds(10));
        return clinic().voice.from(ANA).onlyLid(LID);
    }

    private UUID contact() {
        return UUID.fromString(clinic().lastInbound().path("contactId").asString());
    }

    private Answer write(Map<String, Object> to, String text) {
        var body = new HashMap<String, Object>(to);
        body.put("content", Map.of("kind", "text", "text", text));
        return clinic().clinic.receptionist().post("/messages", body);
    }

    private List<String> left() {
        return clinic().commands().stream().map(command -> command.text).toList();
    }

    private JsonNode message(UUID id) {
        return clinic().clinic.receptionist().get("/messages/" + id).json();
    }

    private JsonNode linesTo(UUID contact) {
        return clinic().clinic
                .receptionist()
                .get("/contacts/" + contact + "/writing-lines")
                .json()
                .path("items");
    }

    private void isSent(FakeGateway.Command command) {
        clinic().hears(
                        clinic().voice.messageIs(command, "sending"),
                        clinic().voice.messageIs(command, "sent"));
    }

    @Test
    void a_reply_to_somebody_without_a_number_leaves_to_their_lid_and_is_in_the_log() {
        clinic().hears(stranger().writes("¿Atienden por OSDE?"));

        var sent = created(write(Map.of("contactId", contact()), "Sí, con orden"));
        clinic().turn();

        assertThat(left()).containsExactly("Sí, con orden");
        var command = clinic().commands().getFirst();
        assertThat(command.payload.path("lid").asString()).isEqualTo(LID);
        assertThat(command.payload.has("to")).isFalse();
        isSent(command);
        assertThat(message(sent).path("state").asString()).isEqualTo("sent");
        assertThat(message(sent).at("/contact/id").asString())
                .isEqualTo(contact().toString());
        assertThat(message(sent).at("/contact/name").asString()).isEqualTo("Somebody");
        assertThat(message(sent).path("patient").isNull()).isTrue();
        assertThat(message(sent).path("phone").isNull()).isTrue();
        var log = clinic().clinic.receptionist().get("/messages").json().path("items");
        assertThat(log).hasSize(1);
        assertThat(log.at("/0/text").asString()).isEqualTo("Sí, con orden");
    }

    @Test
    void one_conversation_leaves_in_order_and_another_does_not_wait_for_it() {
        clinic().hears(stranger().writes("hola"));
        var first = contact();
        clinic().hears(clinic().voice.from(ANA).onlyLid("11111").writes("hola"));
        var second = contact();
        write(Map.of("contactId", first), "uno");
        write(Map.of("contactId", first), "dos");
        write(Map.of("contactId", second), "otra persona");
        FakeGateway.shared().isAwayFor(clinic().line);
        clinic().turn();
        assertThat(left()).isEmpty();
        FakeGateway.shared().isBackFor(clinic().line);

        clock.advance(Duration.ofMinutes(2));
        clinic().turn();

        assertThat(left())
                .containsExactlyInAnyOrder("uno", "dos", "otra persona")
                .containsSubsequence("uno", "dos");
    }

    @Test
    void a_message_names_one_person_of_this_clinic() {
        clinic().hears(stranger().writes("hola"));
        var mine = contact();
        var patient = clinic().patient("Ana", ANA);

        var nobody = write(Map.of(), "x");
        assertThat(nobody.status()).isEqualTo(422);
        assertThat(nobody.at("/errors/0/pointer") + " " + nobody.at("/errors/0/code"))
                .isEqualTo("/patientId required");
        var both = write(Map.of("patientId", patient, "contactId", mine), "x");
        assertThat(both.status()).isEqualTo(422);
        assertThat(both.at("/errors/0/pointer") + " " + both.at("/errors/0/code"))
                .isEqualTo("/contactId one-of-two");
        opened = LoopClinic.open(clinics, clock, worker);
        var foreign = write(Map.of("contactId", mine), "x");
        assertThat(foreign.status()).isEqualTo(422);
        assertThat(foreign.at("/errors/0/code")).isEqualTo("unknown-value");
        assertThat(clinic().clinic
                        .receptionist()
                        .get("/contacts/" + mine + "/writing-lines")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_line_that_has_no_address_of_somebody_says_so_before_anything_is_kept() {
        clinic().hears(stranger().writes("hola"));
        var official = created(
                clinic().clinic.owner().post("/whatsapp-lines", Map.of("name", "Oficial", "engine", "cloud-api")));

        var refused = write(Map.of("contactId", contact(), "lineId", official), "x");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.at("/errors/0/pointer") + " " + refused.at("/errors/0/code"))
                .isEqualTo("/lineId no-address");
        assertThat(clinic().clinic.receptionist().get("/messages").json().path("items"))
                .isEmpty();
        assertThat(linesTo(contact()).get(0).path("reachable").asBoolean()).isTrue();
        assertThat(linesTo(contact()).get(0).path("suggested").asBoolean()).isTrue();
        assertThat(linesTo(contact()).get(1).path("reachable").asBoolean()).isFalse();
    }

    @Test
    void who_stopped_messages_without_a_number_is_left_alone_and_stays_so_once_the_number_is_known() {
        clinic().hears(stranger().writes("hola"));
        var contact = contact();
        FakeGateway.shared().isAwayFor(clinic().line);
        var atTheDoor = created(write(Map.of("contactId", contact), "¿Le doy un turno?"));
        clinic().turn();
        var waiting = created(write(Map.of("contactId", contact), "¿Mañana a las 10?"));
        clinic().hears(stranger().writes("BAJA"));
        assertThat(clinic().lastInbound().path("outcome").asString()).isEqualTo("opted-out");
        FakeGateway.shared().isBackFor(clinic().line);
        clock.advance(Duration.ofMinutes(2));
        clinic().turn();

        assertThat(left()).singleElement().asString().contains("escribe ALTA");
        assertThat(message(atTheDoor).path("state").asString()).isEqualTo("withdrawn");
        assertThat(message(waiting).path("state").asString()).isEqualTo("suppressed");
        assertThat(message(waiting).path("reason").asString()).isEqualTo("opted-out");
        var refused = write(Map.of("contactId", contact), "x");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.at("/errors/0/code")).isEqualTo("opted-out");

        clinic().hears(clinic().voice.from(ANA).alsoLid(LID).writes("soy Ana"));
        var registered = clinic().clinic.receptionist().get("/patients/" + clinic().patient("Ana", ANA));
        assertThat(registered.at("/messaging")).isEqualTo("opted-out");
        clock.advance(Duration.ofMinutes(1));
        clinic().hears(clinic().voice.from(ANA).writes("ALTA"));
        assertThat(clinic().lastInbound().path("outcome").asString()).isEqualTo("opted-in");
        assertThat(write(Map.of("contactId", contact()), "x").status()).isEqualTo(201);
    }

    @Test
    void what_was_said_before_the_number_was_known_stays_with_the_person_and_bare_words_may_answer_it() {
        clinic().hears(clinic().voice.from(ANA).writes("buen día"));
        var visit = clinic().books(clinic().patient("Ana", ANA), "2026-11-26T13:00:00Z")
                .id();
        clinic().everythingIsSent();
        clock.advance(Duration.ofMinutes(5));
        clinic().hears(stranger().writes("hola"));
        var asked = created(write(Map.of("contactId", contact()), "¿Tiene obra social?"));
        clinic().turn();
        isSent(clinic().commands().getLast());
        clock.advance(Duration.ofMinutes(5));
        clinic().hears(clinic().voice.from(ANA).alsoLid(LID).kind("image").sends());
        assertThat(message(asked).at("/contact/id").asString())
                .as("two contacts are one now")
                .isEqualTo(contact().toString());
        clock.advance(Duration.ofMinutes(5));

        clinic().hears(clinic().voice.from(ANA).writes("no"));

        assertThat(clinic().lastInbound().path("reason").asString()).isEqualTo("said-since");
        assertThat(clinic().read(visit).at("/participation")).isEqualTo("needs-action");
    }
}
