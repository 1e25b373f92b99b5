package app.recado.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.recado.devstack.PostgresServer;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.RecadoTestDatabase;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

/** A clinic whose rows versions before wrote, after this version migrated them. */
@RecadoTest
@ContextConfiguration(initializers = {RecadoTestDatabase.Empty.class, OldRows.class})
class UpgradeTest {

    @Autowired
    Clinics clinics;

    @Autowired
    PostgresServer.Database database;

    private Clinics.Clinic clinic = new Clinics.Clinic(OldRows.CLINIC, "");

    @BeforeEach
    void server() {
        clinic = new Clinics.Clinic(OldRows.CLINIC, clinics.server());
    }

    private List<String> rows(String sql) throws Exception {
        try (var connection = database.connectAsSuperuser();
                var statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            var all = new java.util.ArrayList<String>();
            while (found.next()) {
                all.add(found.getString(1));
            }
            return all;
        }
    }

    private JsonNode message(int n) {
        return clinic.owner().get("/messages/" + OldRows.message(n)).json();
    }

    @Test
    void messages_are_kept_and_each_goes_on_from_where_it_was() throws Exception {
        assertThat(clinic.owner().get("/messages").json().path("items").size()).isEqualTo(5);
        assertThat(message(1).path("state").asString()).isEqualTo("delivered");
        assertThat(message(1).path("text").asString()).isEqualTo("Hola 1");
        assertThat(message(1).path("phone").asString()).as("by today's rules").isEqualTo("+5491123456789");
        assertThat(message(2).path("state").asString()).isEqualTo("sent");
        assertThat(rows("select engine_message_id from recado.message where id = '" + OldRows.message(2) + "'"))
                .as("a receipt finds it")
                .containsExactly("wamid.OLD");
        assertThat(message(3).path("state").asString()).as("never called for").isEqualTo("queued");
        assertThat(message(4).path("state").asString())
                .as("was being called for")
                .isEqualTo("unknown");
        assertThat(message(4).path("reason").asString()).isEqualTo("found-sending-at-start");
    }

    @Test
    void patients_and_what_they_wrote_are_found_by_todays_rules() {
        var found = clinic.receptionist().post("/patients/search", Map.of("text", "dangelo"));
        assertThat(found.at("/items/0/id")).isEqualTo(OldRows.PATIENT.toString());
        assertThat(found.at("/items/0/phone")).isEqualTo("+5491123456789");
        var inbound = clinic.receptionist().get("/inbound-messages").json().path("items");
        assertThat(inbound.size()).isEqualTo(2);
        assertThat(inbound.toString()).contains("Llego tarde").contains(OldRows.PATIENT.toString());
    }

    @Test
    void lines_run_on_and_what_was_still_to_be_done_is_a_job() throws Exception {
        assertThat(rows("select desired from recado.whatsapp_line")).containsOnly("running");
        assertThat(rows("select task_name || ' ' || task_instance from recado.scheduled_task"))
                .contains("media-fetch " + OldRows.CLINIC + "/" + OldRows.MEDIA);
        assertThat(clinic.owner()
                        .get("/whatsapp-lines/" + OldRows.PHONE_LINE
                                + "/test-messages/0196c000-0000-7000-8000-000000000050")
                        .at("/state"))
                .isEqualTo("delivered");
    }

    @Test
    void an_event_that_was_set_aside_is_still_shown_and_can_be_stored() {
        var shown = clinics.platformAdmin()
                .get("/api/v1/platform/set-aside-events")
                .json()
                .path("items");
        assertThat(shown.size()).as("the other one is not set aside").isEqualTo(1);
        assertThat(shown.at("/0/source").asString()).isEqualTo("gateway");
        assertThat(UUID.fromString(shown.at("/0/id").asString())).isEqualTo(OldRows.SET_ASIDE);

        var replayed = clinics.platformAdmin()
                .post(
                        "/api/v1/platform/set-aside-events/" + OldRows.CLINIC + "/" + OldRows.SET_ASIDE + "/replay",
                        null);

        assertThat(replayed.status()).as(replayed.text()).isEqualTo(204);
        assertThat(clinic.owner().get("/whatsapp-lines/" + OldRows.PHONE_LINE).at("/state"))
                .isEqualTo("reconnecting");
    }

    @Test
    void a_visit_that_was_booked_before_still_occupies_its_practitioner() throws Exception {
        assertThat(rows("select appointment_id || ' ' || kind from recado.appointment_actor where organization_id = '"
                        + OldRows.CLINIC + "'"))
                .as("the cancelled one occupies nobody")
                .containsExactly(OldRows.BOOKED + " practitioner");
        assertThatThrownBy(() -> rows("""
                        insert into recado.appointment (organization_id, id, patient_id, practitioner_id,
                               healthcare_service_id, starts_at, ends_at, time_zone, status, participation,
                               schedule_version, created_at, created_by, version)
                        select organization_id, uuidv7(), patient_id, practitioner_id, healthcare_service_id,
                               starts_at + interval '29 minutes', ends_at + interval '29 minutes', time_zone, status,
                               participation, 1, now(), 'test', 0
                          from recado.appointment where id = '%s' returning id
                        """.formatted(OldRows.BOOKED))).hasMessageContaining("appointment_slot");
    }

    @Test
    void preferences_are_rules_that_do_the_same_and_what_was_planned_is_theirs() {
        var rules = clinic.owner().get("/notification-rules").json().path("items");
        assertThat(rules.valueStream()
                        .map(rule -> rule.path("trigger").asString() + " "
                                + rule.path("minutesBefore").asString("") + " "
                                + rule.path("active").asBoolean()))
                .containsExactly("booked  false", "moved  true", "cancelled  true", "before-visit 120 true");
        var reminder = rules.path(3).path("id").asString();

        var explained = clinic.owner()
                .get("/appointments/" + OldRows.BOOKED + "/notifications")
                .json()
                .path("items");

        assertThat(explained
                        .valueStream()
                        .filter(one -> one.path("ruleId").asString().equals(reminder))
                        .map(one -> one.path("messageId").asString()))
                .containsExactly(OldRows.message(5).toString());
    }

    @Test
    void the_trail_lies_in_months_with_all_it_had_and_its_chain_is_whole() throws Exception {
        var trail = clinic.owner().get("/audit-entries?actor=old").json().path("items");
        assertThat(trail.valueStream().map(entry -> entry.path("action").asString()))
                .containsExactly("third", "second", "first");
        assertThat(rows("select fault from recado.audit_broken where organization_id = '" + OldRows.CLINIC + "'"))
                .isEmpty();
        assertThat(rows("""
                        select distinct tableoid::regclass::text from recado.audit_entry
                         where organization_id = '%s' and actor = 'old'
                        """.formatted(OldRows.CLINIC)))
                .as("in the part that was the table before, with no row written")
                .singleElement()
                .asString()
                .startsWith("recado.audit_entry_until_");

        // What happens now is written as before, and so is what no month was made for.
        clinic.owner().post("/practitioners", Map.of("displayName", "Dra. Gómez"));
        assertThat(clinic.owner()
                        .get("/audit-entries?action=createPractitioner")
                        .text())
                .contains("createPractitioner");
        assertThat(rows("select count(*) from pg_inherits where inhparent = 'recado.audit_entry'::regclass"))
                .as("that part, one for the rest, and months ahead: one fewer in the last week of a month")
                .containsAnyOf("6", "7");
    }
}
