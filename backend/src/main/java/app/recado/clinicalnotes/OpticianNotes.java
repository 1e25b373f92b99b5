package app.recado.clinicalnotes;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.migration.ExternalRow;
import app.recado.kernel.migration.MigratedTable;
import app.recado.kernel.migration.MigrationRelations;
import app.recado.kernel.migration.RowRules;
import app.recado.organizations.OrganizationProfiles;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Clinical notes of the optician's practice manager, with who wrote them and when. */
@Component
class OpticianNotes implements MigratedTable {

    private final ClinicalNotes notes;
    private final OrganizationProfiles organizations;
    private final RowRules rules;
    private final JdbcClient jdbc;

    OpticianNotes(ClinicalNotes notes, OrganizationProfiles organizations, RowRules rules, JdbcClient jdbc) {
        this.notes = notes;
        this.organizations = organizations;
        this.rules = rules;
        this.jdbc = jdbc;
    }

    @Override
    public String kind() {
        return "notes";
    }

    @Override
    public String table() {
        return "clinical_notes";
    }

    @Override
    public int order() {
        return 60;
    }

    @Override
    public Set<String> columns() {
        return Set.of("patient_id", "appointment_id", "user_id", "text", "written_at");
    }

    @Override
    public UUID take(ExternalRow row, MigrationRelations relations) {
        var patient = relations.required(row, "patient_id", "patients");
        var appointment =
                relations.optional(row, "appointment_id", "appointments").orElse(null);
        var author = relations
                .person(row, "user_id")
                .map(person -> person.required("first_name") + " " + person.required("last_name"))
                .orElseThrow(() -> row.refused("user_id", "relation-unknown"));
        var request = rules.kept(new ClinicalNoteController.NewNote(patient, appointment, row.required("text")));
        var writtenAt = row.moment("written_at", organizations.current().timeZone());
        return notes.add(patient, appointment, request.text(), author, writtenAt)
                .id();
    }

    @Override
    public long present(boolean rehearsal) {
        return jdbc.sql("select count(*) from clinical_note where organization_id = ?")
                .param(CurrentOrganization.id())
                .query(Long.class)
                .single();
    }
}
