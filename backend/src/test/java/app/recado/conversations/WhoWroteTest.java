package app.recado.conversations;

import static app.recado.testing.LoopClinic.at;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.CurrentOrganization;
import app.recado.messaging.OutboxWorker;
import app.recado.testing.Clinics;
import app.recado.testing.GatewayVoice;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.whatsapp.ContactIds;
import app.recado.whatsapp.Contacts;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** A person is one person, whichever of their identities an event carries. */
@RecadoTest
class WhoWroteTest {

    private static final String ANA = "+5491123456789";
    private static final String LID = "99887766554433";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Autowired
    Contacts contacts;

    @Autowired
    TransactionTemplate transaction;

    @Nullable LoopClinic opened;

    @BeforeEach
    void open() {
        clock.set(at("2026-11-23T12:00:00Z"));
        opened = LoopClinic.open(clinics, clock, worker);
    }

    private LoopClinic clinic() {
        return java.util.Objects.requireNonNull(opened);
    }

    private GatewayVoice.Inbound from(String phone) {
        clock.advance(Duration.ofSeconds(10));
        return clinic().voice.from(phone);
    }

    private UUID told() {
        var visit = clinic().books(clinic().patient("Ana", ANA), "2026-11-26T13:00:00Z")
                .id();
        clinic().everythingIsSent();
        clock.advance(Duration.ofMinutes(5));
        return visit;
    }

    private JsonNode items() {
        return clinic().clinic.receptionist().get("/inbound-messages").json().path("items");
    }

    private UUID seen(@Nullable String phone, @Nullable String lid, @Nullable String userId) {
        var ids = new ContactIds(phone, lid, userId, null);
        return CurrentOrganization.get(
                clinic().clinic.id(),
                () -> java.util.Objects.requireNonNull(transaction.execute(status ->
                                contacts.seen(clinic().line, ids, null).orElseThrow()))
                        .id());
    }

    @Test
    void a_later_answer_with_the_lid_alone_is_of_the_same_person() {
        var visit = told();
        clinic().hears(from(ANA).alsoLid(LID).writes("hola"));

        clinic().hears(from(ANA).onlyLid(LID).writes("1"));

        assertThat(clinic().read(visit).at("/participation")).isEqualTo("accepted");
        assertThat(clinic().lastInbound().path("phone").asString()).isEqualTo(ANA);
        assertThat(clinic().lastInbound().at("/patient/displayName").asString()).contains("Ana");
    }

    @Test
    void an_unknown_lid_is_a_contact_without_a_phone_and_becomes_the_patient_when_the_number_is_told() {
        told();
        clinic().hears(from(ANA).onlyLid(LID).id("L1").writes("hola"));
        var stranger = clinic().lastInbound();
        assertThat(stranger.path("phone").isNull()).as("no invented phone").isTrue();
        assertThat(stranger.path("contactId").isString()).isTrue();
        assertThat(stranger.path("reason").asString()).isEqualTo("unknown-sender");

        clinic().hears(from(ANA).alsoLid(LID).id("L2").writes("soy Ana"));

        assertThat(items()).hasSize(2);
        assertThat(items().get(1).path("phone").asString()).isEqualTo(ANA);
        assertThat(items().get(1).at("/patient/displayName").asString()).contains("Ana");
        assertThat(items().get(1).path("contactId")).isEqualTo(items().get(0).path("contactId"));
        clinic().hears(from(ANA).alsoLid(LID).id("L1").writes("hola"));
        assertThat(items()).as("told again under the number").hasSize(2);
    }

    @Test
    void identities_seen_together_once_are_one_person_and_two_contacts_become_one() {
        var byPhone = seen(ANA, null, null);
        var byLid = seen(null, LID, null);
        var byUserId = seen(null, null, "AR.1");
        assertThat(byLid).isNotEqualTo(byPhone).isNotEqualTo(byUserId);

        assertThat(seen(ANA, LID, null)).isEqualTo(byPhone);
        assertThat(seen(null, LID, "AR.1")).isEqualTo(byPhone);
        assertThat(seen(null, null, "AR.1")).isEqualTo(byPhone);
    }

    @Test
    void an_identity_that_comes_with_another_number_has_moved_and_the_numbers_stay_two_people() {
        var ana = seen(ANA, LID, null);
        var other = seen("+5491199999999", null, null);

        assertThat(seen("+5491199999999", LID, null)).isEqualTo(other);
        assertThat(seen(null, LID, null)).isEqualTo(other);
        assertThat(seen(ANA, null, null)).isEqualTo(ana);
    }
}
