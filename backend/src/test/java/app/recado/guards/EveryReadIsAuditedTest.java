package app.recado.guards;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.devstack.PostgresServer;
import app.recado.kernel.security.Allow;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.TestTokens;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Every reading operation of the document, asked by somebody else each time: what names the patient leaves a row that says
 * who looked, or stands below with the reason why it does not.
 */
@RecadoTest
class EveryReadIsAuditedTest {

    /** Reviewed: names patients and records nothing. */
    private static final Set<String> NOT_A_LOOK = Set.of(
            // The lists of the day: everybody at the desk has them open, and they would say nothing of whom somebody
            // looked at.
            "GET /appointments",
            "GET /inbound-messages",
            "GET /conversations",
            "GET /tickets",
            "GET /messages",
            "GET /waitlist-entries",
            // Who asked what about their data: a list of work.
            "GET /privacy-requests",
            "GET /privacy-requests/{id}",
            "GET /patient-reads", // the record itself
            "GET /audit-entries", // likewise
            "GET /audit-entries/export");

    private static final String TENANT = "/api/v1/organizations/{organizationId}";
    private static final Set<String> READING_POSTS = Set.of(
            "POST /patients/search",
            "POST /patients/duplicates",
            "POST /appointments/{id}/message-preview",
            "POST /conversations/search",
            "POST /tickets/search",
            "POST /flow-trials",
            "POST /fhir/R4/Patient/_search",
            "POST /fhir/R4/Appointment/_search");

    @Autowired
    Clinics clinics;

    @Autowired
    ClinicRecords records;

    @Autowired
    SettableClock clock;

    @Autowired
    PostgresServer.Database database;

    @Test
    void what_names_a_patient_says_who_looked() throws Exception {
        var filled = records.of(clinics.open());
        var organization = filled.clinic().id();
        var patient = String.valueOf(filled.idFor("/patients"));
        filled.clinic().owner().get("/patients/" + patient);
        var operations = new ArrayList<String>();
        ApiContractTest.forEachOperation(clinics.anonymous().get("/v3/api-docs").json(), (name, operation) -> {
            if (name.contains(TENANT)) {
                operations.add(name.replace(TENANT, ""));
            }
        });
        var silent = new TreeSet<String>();
        int audited = 0;
        for (var operation : operations) {
            var verb = operation.split(" ", 2)[0];
            var path = operation.split(" ", 2)[1];
            if (!verb.equals("GET") && !READING_POSTS.contains(operation) || path.equals("/events")) {
                continue;
            }
            var reader = "reader-" + UUID.randomUUID();
            var address = path.isEmpty()
                    ? path
                    : path.replace("{otherId}", UUID.randomUUID().toString())
                            .replaceAll("\\{[^}]+}", String.valueOf(filled.idFor(path)));
            var answer = filled.clinic()
                    .withToken(TestTokens.member(
                            reader, organization, List.of(Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER)))
                    .send(verb, address + queryFor(path), verb.equals("GET") ? null : filled.bodyFor(verb, path));
            boolean named = answer.status() == 200
                    && (answer.text().contains(patient) || answer.text().contains("Sosa"));
            boolean recorded = recorded(reader);
            audited += recorded ? 1 : 0;
            if (named && !recorded) {
                silent.add(operation);
            }
        }
        assertThat(silent).isEqualTo(new TreeSet<>(NOT_A_LOOK));
        assertThat(audited).isGreaterThanOrEqualTo(8);
    }

    private String queryFor(String path) {
        if (path.equals("/appointments")) {
            var today = clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
            return "?from=%s&to=%s".formatted(today, today.plusDays(14));
        }
        return ClinicRecords.queryFor(path);
    }

    private boolean recorded(String reader) throws SQLException {
        try (var connection = database.connectAsSuperuser();
                var query = connection.prepareStatement("select 1 from recado.patient_read where reader = ?")) {
            query.setString(1, reader);
            return query.executeQuery().next();
        }
    }
}
