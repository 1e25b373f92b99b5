package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.migration.ExternalRow;
import app.recado.kernel.migration.MigratedTable;
import app.recado.kernel.migration.MigrationRelations;
import app.recado.kernel.migration.RowRules;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.identifiers.IdentifierKind;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Patients of the optician's practice manager, registered by the rules of the register. Each becomes a card of its own, also
 * beside one that looks alike: whether two are one person is for staff to say, on the list of likely duplicates.
 */
@Component
class OpticianPatients implements MigratedTable {

    /** What notes, appointments and files refer to. */
    static final String KIND = "patients";

    private final PatientRegister register;
    private final OrganizationProfiles organizations;
    private final RowRules rules;
    private final JdbcClient jdbc;

    OpticianPatients(PatientRegister register, OrganizationProfiles organizations, RowRules rules, JdbcClient jdbc) {
        this.register = register;
        this.organizations = organizations;
        this.rules = rules;
        this.jdbc = jdbc;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String table() {
        return "patients";
    }

    @Override
    public int order() {
        return 40;
    }

    @Override
    public Set<String> columns() {
        return Set.of(
                "first_name", "last_name", "phone", "birth_date", "language", "notes", "document", "gender", "email");
    }

    @Override
    public UUID take(ExternalRow row, MigrationRelations relations) {
        return register.register(rules.kept(new PatientRequest(
                        row.text("first_name"),
                        row.text("last_name"),
                        row.text("phone"),
                        row.date("birth_date"),
                        row.text("language"),
                        row.text("notes"),
                        null,
                        null,
                        identifiers(row.text("document")),
                        gender(row),
                        row.text("email"),
                        null,
                        null,
                        null,
                        null,
                        null)))
                .id();
    }

    /** A paper as people of the clinic's country have it. */
    private @Nullable List<PatientRequest.Numbered> identifiers(@Nullable String document) {
        if (document == null) {
            return null;
        }
        var kind = IdentifierKind.ofCountry(organizations.current().country()).orElse(IdentifierKind.PASSPORT);
        return List.of(new PatientRequest.Numbered(kind, document));
    }

    private static @Nullable Gender gender(ExternalRow row) {
        var text = row.text("gender");
        return text == null
                ? null
                : ImportRowReader.genderOf(text).orElseThrow(() -> row.refused("gender", "unknown-value"));
    }

    @Override
    public long present(boolean rehearsal) {
        return jdbc.sql("select count(*) from patient where organization_id = ? and replaced_by is null")
                .param(CurrentOrganization.id())
                .query(Long.class)
                .single();
    }
}
