package app.recado.patients.requests;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.PatientData;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * The copy of what a clinic keeps about a patient, as JSON. It is written while it is read, a section a transaction, so that a
 * slow reader holds none.
 */
@Component
class PersonalData {

    /** Raised when what readers of a copy rely on changes. */
    private static final String FORMAT = "recado-personal-data-1";

    private static final String CARD = """
            select json_build_object('id', id, 'givenName', given_name, 'familyName', family_name, 'phone', phone,
                                     'phoneExtension', phone_extension, 'phoneOwner', phone_owner,
                                     'phoneOwnerName', phone_owner_name, 'otherPhones', other_phones, 'email', email, 'birthDate', birth_date, 'gender', gender,
                                     'language', language, 'otherLanguages', other_languages, 'identifiers', identifiers, 'tags', tags, 'notes', notes,
                                     'customFields', (select json_agg(json_build_object('field', f.label, 'value', v.value)
                                                                      order by f.position, f.id)
                                                        from jsonb_each(patient.custom_fields) as v
                                                        join custom_field f on f.organization_id = :org and f.subject = 'patient'
                                                                           and f.key = v.key),
                                     'messaging', messaging, 'optedOutAt', opted_out_at, 'marketing', marketing,
                                     'archivedAt', archived_at, 'restrictedAt', restricted_at, 'restrictionReason', restriction_reason, 'registeredAt', created_at, 'changedAt', updated_at)
              from patient where organization_id = :org and id = :patient and replaced_by is null and erased_at is null
            """;

    private final JdbcClient jdbc;
    private final OrganizationProfiles organizations;
    private final TransactionTemplate transaction;
    private final JsonMapper json;
    private final Clock clock;
    private final List<PatientData> sections;

    PersonalData(
            JdbcClient jdbc,
            OrganizationProfiles organizations,
            TransactionTemplate transaction,
            JsonMapper json,
            Clock clock,
            List<PatientData> sections) {
        this.jdbc = jdbc;
        this.organizations = organizations;
        this.transaction = transaction;
        this.json = json;
        this.clock = clock;
        this.sections = sections.stream()
                .sorted(Comparator.comparing(PatientData::section))
                .toList();
    }

    /** A copy that nobody has read yet. */
    record Begun(UUID patient, String clinic, String card) {}

    /** @throws app.recado.kernel.ProblemException {@code not-found}, also for a card that was merged into another one */
    Begun begin(UUID patient) {
        return Objects.requireNonNull(transaction.execute(status -> {
            var card = rows(CARD, patient);
            if (card.isEmpty()) {
                throw Problem.NOT_FOUND.because("There is no such patient");
            }
            return new Begun(patient, organizations.current().name(), card.getFirst());
        }));
    }

    void write(Begun begun, OutputStream to) throws IOException {
        var text = new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
        text.write("{\"format\":\"%s\",\"writtenAt\":\"%s\",\"clinic\":".formatted(FORMAT, clock.instant()));
        text.write(json.writeValueAsString(begun.clinic()));
        text.write(",\"patient\":");
        text.write(begun.card());
        for (var section : sections) {
            var rows = Objects.requireNonNull(transaction.execute(status -> rows(section.sql(), begun.patient())));
            text.write(",\"" + section.section() + "\":[");
            text.write(String.join(",", rows));
            text.write("]");
        }
        text.write("}");
        text.flush();
    }

    private List<String> rows(String sql, UUID patient) {
        return jdbc.sql(sql)
                .param("org", CurrentOrganization.id())
                .param("patient", patient)
                .query((row, n) -> row.getString(1))
                .list();
    }
}
