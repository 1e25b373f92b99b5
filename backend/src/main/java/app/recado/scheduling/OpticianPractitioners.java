package app.recado.scheduling;

import app.recado.kernel.migration.ExternalRow;
import app.recado.kernel.migration.MigratedClinics;
import app.recado.kernel.migration.MigratedTable;
import app.recado.kernel.migration.MigrationRelations;
import app.recado.kernel.migration.RowRules;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** People of the optician's practice manager who see patients: by their role, or because they have a specialty. */
@Component
class OpticianPractitioners implements MigratedTable {

    /** What appointments refer to. */
    static final String KIND = "practitioners";

    private static final Set<String> ROLES =
            Set.of("practitioner", "optometrist", "optometrista", "optician", "doctor");

    private final Practice practice;
    private final RowRules rules;

    OpticianPractitioners(Practice practice, RowRules rules) {
        this.practice = practice;
        this.rules = rules;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String table() {
        return MigratedClinics.PEOPLE;
    }

    @Override
    public int order() {
        return 20;
    }

    @Override
    public Set<String> columns() {
        return Set.of("first_name", "last_name", "role", "specialty");
    }

    @Override
    public boolean concerns(ExternalRow row) {
        var role = row.text("role");
        return row.text("specialty") != null || role != null && ROLES.contains(role.toLowerCase(Locale.ROOT));
    }

    @Override
    public UUID take(ExternalRow row, MigrationRelations relations) {
        var one = rules.kept(new PracticeController.NewPractitioner(
                row.required("first_name") + " " + row.required("last_name"), row.text("specialty"), null));
        return practice.addPractitioner(
                        one.displayName(), Specialties.said(one.specialties(), one.specialty(), List.of()))
                .id();
    }

    @Override
    public long present(boolean rehearsal) {
        return practice.practitioners().size();
    }
}
