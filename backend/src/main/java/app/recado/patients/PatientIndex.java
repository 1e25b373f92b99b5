package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.patients.identifiers.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What patients are found by, and whose an identifier is: rows that follow from a patient's own and change with it. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class PatientIndex {

    private static final String NEW_LINE = "\n";

    private final JdbcClient jdbc;

    PatientIndex(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Writes the rows of a patient that was stored anew.
     *
     * @param country the clinic's
     * @throws app.recado.kernel.ProblemException {@code identifier-taken}, also when somebody else writes the same one now
     */
    public void renew(Patient patient, String country) {
        identify(patient);
        number(patient);
        jdbc.sql("delete from patient_search where organization_id = :org and patient_id = :id")
                .param("org", CurrentOrganization.id())
                .param("id", patient.id())
                .update();
        jdbc.sql("""
                insert into patient_search (organization_id, patient_id, sort_name, token)
                select :org, :id, :name, unnest(string_to_array(:tokens, chr(10)))
                """)
                .param("org", CurrentOrganization.id())
                .param("id", patient.id())
                .param("name", patient.sortName())
                .param("tokens", String.join(NEW_LINE, SearchTokens.of(patient, country)))
                .update();
    }

    /** Removes the rows of a patient who is not to be found any more. */
    public void remove(UUID patient) {
        for (var table : List.of("patient_identifier", "patient_other_phone", "patient_search")) {
            jdbc.sql("delete from %s where organization_id = ? and patient_id = ?".formatted(table))
                    .params(CurrentOrganization.id(), patient)
                    .update();
        }
    }

    /** Nearly everybody has one number, which stands in the row of the patient itself. */
    private void number(Patient patient) {
        jdbc.sql("delete from patient_other_phone where organization_id = ? and patient_id = ?")
                .params(CurrentOrganization.id(), patient.id())
                .update();
        for (var one : patient.phones().others()) {
            jdbc.sql("insert into patient_other_phone (organization_id, phone, patient_id, own) values (?, ?, ?, ?)")
                    .params(CurrentOrganization.id(), one.e164(), patient.id(), one.isOwn())
                    .update();
        }
    }

    private void identify(Patient patient) {
        var identifiers = patient.identifiers();
        jdbc.sql("delete from patient_identifier where organization_id = ? and patient_id = ?")
                .params(CurrentOrganization.id(), patient.id())
                .update();
        for (int i = 0; i < identifiers.size(); i++) {
            var one = identifiers.get(i);
            int written = jdbc.sql("""
                            insert into patient_identifier (organization_id, kind, value, patient_id) values (?, ?, ?, ?)
                            on conflict do nothing
                            """)
                    .params(CurrentOrganization.id(), one.kind().wireName(), one.value(), patient.id())
                    .update();
            if (written == 0) {
                throw Problem.IDENTIFIER_TAKEN
                        .at("/identifiers/" + i + "/value", "identifier-taken", "Another patient has this number")
                        .with(Map.of("patientId", holder(one.kind().wireName(), one.value())));
            }
        }
    }

    /** Whether nobody else has this identifier. */
    public boolean mayHave(UUID patient, Identifier identifier) {
        return jdbc.sql("""
                        select not exists (select from patient_identifier
                                            where organization_id = ? and kind = ? and value = ? and patient_id <> ?)
                        """)
                .params(CurrentOrganization.id(), identifier.kind().wireName(), identifier.value(), patient)
                .query(Boolean.class)
                .single();
    }

    private UUID holder(String kind, String value) {
        return jdbc.sql(
                        "select patient_id from patient_identifier where organization_id = ? and kind = ? and value = ?")
                .params(CurrentOrganization.id(), kind, value)
                .query(UUID.class)
                .single();
    }

    /** The clinic's tags in their alphabetical order: a step of the index for each, however many patients have it. */
    public List<String> tags(int atMost) {
        var tags = new ArrayList<String>();
        var last = SearchTokens.TAG;
        while (tags.size() < atMost) {
            var next = nextTag(last);
            if (next == null) {
                break;
            }
            tags.add(next.substring(SearchTokens.TAG.length()));
            last = next;
        }
        return tags;
    }

    private @Nullable String nextTag(String after) {
        return jdbc.sql("""
                        select token from patient_search where organization_id = ? and token > ? and token < ?
                         order by organization_id, token, sort_name, patient_id limit 1
                        """)
                .params(CurrentOrganization.id(), after, SearchTokens.BEHIND_TAGS)
                .query(String.class)
                .optional()
                .orElse(null);
    }
}
