package app.recado.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.recado.devstack.PostgresServer;
import app.recado.install.InstallCommands;
import app.recado.kernel.security.Scope;
import app.recado.testing.Clinics;
import app.recado.testing.Clinics.Clinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.TestTokens;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Who did what is written with what was done, and whoever changes it afterwards is found out. */
@RecadoTest
class AuditTrailTest {

    @Autowired
    Clinics clinics;

    @Autowired
    AuditChain chain;

    @Autowired
    AuditMonths months;

    @Autowired
    SettableClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    PostgresServer.Database database;

    private static final Map<String, Object> ANA =
            Map.of("givenName", "Ana", "familyName", "Núñez", "phone", "+5491123456789");

    private static List<JsonNode> entries(Clinic clinic, String query) {
        return clinic.owner()
                .get("/audit-entries" + query)
                .json()
                .path("items")
                .valueStream()
                .toList();
    }

    private record Ran(int code, String out, String err) {}

    private Ran verify(String... options) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var arguments = new java.util.ArrayList<String>(List.of("verify-audit"));
        arguments.addAll(List.of(options));
        int code = InstallCommands.run(
                arguments,
                database.backendEnvironment(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private void asSuperuser(String sql, UUID organization) throws SQLException {
        try (var connection = database.connectAsSuperuser();
                var statement = connection.prepareStatement(sql)) {
            statement.setObject(1, organization);
            assertThat(statement.executeUpdate()).isPositive();
        }
    }

    @Test
    void a_write_that_publishes_nothing_leaves_one_entry_with_who_what_and_whence() {
        var clinic = clinics.open();
        var patient = clinic.receptionist().post("/patients", ANA).id();

        var entries = entries(clinic, "?action=createPatient");

        assertThat(entries).hasSize(1);
        var entry = entries.getFirst();
        assertThat(entry.path("actorKind").asString()).isEqualTo("person");
        assertThat(entry.path("actor").asString()).isEqualTo("someone-" + clinic.id());
        assertThat(entry.path("address").asString()).isNotBlank();
        assertThat(entry.path("recordId").asString()).isEqualTo(patient.toString());
    }

    @Test
    void an_entry_names_no_patient_and_holds_none_of_their_data() {
        var clinic = clinics.open();
        var patient = clinic.receptionist().post("/patients", ANA).id();
        clinic.receptionist().get("/patients/" + patient);

        assertThat(clinic.owner().get("/audit-entries").text())
                .contains(patient.toString())
                .doesNotContain("Núñez")
                .doesNotContain("23456789");
    }

    @Test
    void a_changed_card_says_which_fields_and_not_what_stood_there() {
        var clinic = clinics.open();
        var made = clinic.receptionist().post("/patients", ANA);
        clinic.receptionist()
                .ifMatch(made.etag())
                .put("/patients/" + made.id(), Map.of("givenName", "Anabel", "familyName", "Núñez"));

        var entry = entries(clinic, "?action=patient-changed").getFirst();

        assertThat(entry.at("/changes/0/after").asString()).isEqualTo("givenName phone");
        assertThat(entry.toString()).doesNotContain("Anabel");
    }

    @Test
    void what_is_refused_or_repeated_leaves_no_entry() {
        var clinic = clinics.open();
        clinic.receptionist().post("/patients", Map.of());
        var once = clinic.receptionist().key(UUID.randomUUID().toString());
        once.post("/patients", ANA);
        once.post("/patients", ANA);

        assertThat(entries(clinic, "?action=createPatient")).hasSize(1);
    }

    @Test
    void a_look_at_a_patient_is_an_entry_once_within_a_quarter_of_an_hour() {
        var clinic = clinics.open();
        var patient = clinic.receptionist().post("/patients", ANA).id();
        clinic.receptionist().get("/patients/" + patient);
        clinic.receptionist().get("/patients/" + patient);

        var looks = entries(clinic, "?action=patients-read&recordId=" + patient);

        assertThat(looks).hasSize(1);
        assertThat(looks.getFirst().at("/changes/0/after").asString()).isEqualTo("record");
    }

    @Test
    void an_export_is_an_entry_also_of_the_trail_itself() {
        var clinic = clinics.open();
        clinic.owner().get("/patients/export");
        var file = clinic.owner().get("/audit-entries/export");

        assertThat(file.status()).isEqualTo(200);
        assertThat(file.text()).contains("patients-exported").contains("audit-exported");
        assertThat(entries(clinic, "?action=audit-exported")).hasSize(1);
    }

    @Test
    void what_an_api_client_may_do_is_an_entry_with_before_and_after() {
        var clinic = clinics.open();
        var input = Map.of("name", "Sitio web", "scopes", List.of("directory:read"), "addresses", List.of());
        var made = clinic.owner().post("/api-clients", input);
        clinic.owner()
                .ifMatch(made.etag())
                .put(
                        "/api-clients/" + made.id(),
                        Map.of("name", "Sitio web", "scopes", List.of("reports:read"), "addresses", List.of()));

        var change = entries(clinic, "?action=api-client-changed").getFirst().at("/changes/0");

        assertThat(change.path("field").asString()).isEqualTo("scopes");
        assertThat(change.path("before").asString()).isEqualTo("directory:read");
        assertThat(change.path("after").asString()).isEqualTo("reports:read");
    }

    @Test
    void what_an_api_client_did_is_its_own_and_being_refused_is_none() {
        var clinic = clinics.open();
        var key = clinics.apiClient(clinic, Set.of(Scope.PATIENTS_WRITE));
        var caller = clinic.withToken(TestTokens.client(key, clinic.id()));
        caller.post("/patients", ANA);
        caller.post("/practitioners", Map.of("displayName", "Dra. Gómez"));

        var entries = entries(clinic, "?actor=" + key);

        assertThat(entries).hasSize(1);
        assertThat(entries.getFirst().path("actorKind").asString()).isEqualTo("client");
        assertThat(entries.getFirst().path("operation").asString()).isEqualTo("createPatient");
    }

    @Test
    void a_page_goes_on_where_the_last_one_ended() {
        var clinic = clinics.open();
        for (int i = 0; i < 3; i++) {
            clinic.owner().post("/practitioners", Map.of("displayName", "Dra. Gómez"));
        }
        var first = clinic.owner().get("/audit-entries?limit=2");
        var second = clinic.owner().get("/audit-entries?limit=2&cursor=" + first.at("/nextCursor"));

        assertThat(first.json().path("items")).hasSize(2);
        assertThat(second.json().path("items")).hasSize(1);
        assertThat(second.at("/items/0/id")).isNotIn(first.at("/items/0/id"), first.at("/items/1/id"));
    }

    @Test
    void a_chain_that_nobody_touched_is_whole_and_its_head_is_printed() {
        var clinic = clinics.open();
        clinic.receptionist().post("/patients", ANA);
        chain.grow();
        clinic.owner().post("/practitioners", Map.of("displayName", "Dra. Gómez"));
        chain.grow();

        var ran = verify();

        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).containsPattern(clinic.id() + " 2 [0-9a-f]{64}");
        assertThat(entries(clinic, ""))
                .allSatisfy(
                        entry -> assertThat(entry.path("chained").asBoolean()).isTrue());
    }

    @Test
    void an_entry_that_was_changed_removed_or_added_is_found() throws Exception {
        var changed = clinicWithTwoBatches();
        var removed = clinicWithTwoBatches();
        var added = clinicWithTwoBatches();
        var shortened = clinicWithTwoBatches();
        try {
            asSuperuser(
                    "update recado.audit_entry set actor = 'somebody' where organization_id = ? and batch = 1",
                    changed);
            asSuperuser("delete from recado.audit_entry where organization_id = ? and batch = 1", removed);
            asSuperuser("""
                    insert into recado.audit_entry (organization_id, id, at, actor_kind, action, changes, batch)
                    values (?, uuidv7(), now(), 'recado', 'nothing', '{}', 1)
                    """, added);
            asSuperuser("delete from recado.audit_batch where organization_id = ? and number = 1", shortened);

            var ran = verify();

            assertThat(ran.code()).isOne();
            assertThat(ran.err())
                    .contains(changed + " batch 1: content")
                    .contains(removed + " batch 1: count")
                    .contains(added + " batch 1: count")
                    .contains(shortened + " batch 1: missing")
                    .contains(shortened + " batch 2: gap");
        } finally {
            for (var clinic : List.of(changed, removed, added, shortened)) {
                forget(clinic);
            }
        }
    }

    /** The other tests verify the same database. */
    private void forget(UUID clinic) throws SQLException {
        try (var connection = database.connectAsSuperuser();
                var statement = connection.createStatement()) {
            statement.execute("delete from recado.audit_entry where organization_id = '" + clinic + "'");
            statement.execute("delete from recado.audit_batch where organization_id = '" + clinic + "'");
        }
    }

    @Test
    void a_chain_that_was_written_anew_differs_from_what_was_kept_outside(@TempDir Path folder) throws Exception {
        var clinic = clinicWithTwoBatches();
        var kept = Files.writeString(folder.resolve("heads"), verify().out());
        assertThat(verify("--anchors", kept.toString()).code()).isZero();
        try {
            asSuperuser("delete from recado.audit_batch where organization_id = ?", clinic);
            asSuperuser("update recado.audit_entry set batch = null, actor = 'x' where organization_id = ?", clinic);
            chain.grow();
            chain.grow();

            assertThat(verify().code()).isZero();
            assertThat(verify("--anchors", kept.toString()).err()).contains(clinic + " batch 2: not what was kept");
        } finally {
            forget(clinic);
        }
    }

    @Test
    void the_serving_role_can_neither_change_nor_remove_an_entry() {
        var clinic = clinics.open();
        clinic.receptionist().post("/patients", ANA);
        chain.grow();

        assertThatThrownBy(() -> inside(clinic, "update audit_entry set actor = 'x' where organization_id = ?"))
                .isInstanceOf(DataAccessException.class);
        assertThat(inside(clinic, "update audit_entry set batch = 99 where organization_id = ?"))
                .isZero();
        assertThat(inside(clinic, "delete from audit_entry where organization_id = ?"))
                .isZero();
        assertThat(inside(clinic, "delete from audit_batch where organization_id = ?"))
                .as("its batches go with a clinic that is to be deleted, and not otherwise")
                .isZero();
    }

    @Test
    void months_are_made_ahead_and_the_serving_role_reaches_the_trail_by_its_policies_alone() throws Exception {
        months.make();
        var clinic = clinics.open();
        clinic.receptionist().post("/patients", ANA);
        var ahead = "audit_entry_"
                + YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC))
                        .plusMonths(3)
                        .format(DateTimeFormatter.ofPattern("uuuu_MM"));

        assertThatThrownBy(() -> inside(clinic, "delete from " + ahead + " where organization_id = ?"))
                .rootCause()
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> inside(clinic, "update audit_entry_rest set batch = 1 where organization_id = ?"))
                .rootCause()
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> months.remove(ahead)).rootCause().hasMessageContaining("the last half year stays");
        assertThatThrownBy(() -> months.remove("patient"))
                .rootCause()
                .hasMessageContaining("no month of the audit trail");
    }

    private int inside(Clinic clinic, String sql) {
        return clinic.inside(() -> java.util.Objects.requireNonNull(
                transaction.execute(status -> jdbc.sql(sql).param(clinic.id()).update())));
    }

    private UUID clinicWithTwoBatches() {
        var clinic = clinics.open();
        clinic.receptionist().post("/patients", ANA);
        chain.grow();
        clinic.owner().post("/practitioners", Map.of("displayName", "Dra. Gómez"));
        chain.grow();
        return clinic.id();
    }
}
