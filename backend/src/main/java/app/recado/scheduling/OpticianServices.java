package app.recado.scheduling;

import app.recado.kernel.migration.ExternalRow;
import app.recado.kernel.migration.MigratedTable;
import app.recado.kernel.migration.MigrationRelations;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What the optician's practice manager calls types of appointments; everybody offers them. */
@Component
class OpticianServices implements MigratedTable {

    private static final int USUAL_MINUTES = 30;
    private static final int LONGEST_MINUTES = 480;
    private static final int LONGEST_NAME = 100;

    private final Practice practice;

    OpticianServices(Practice practice) {
        this.practice = practice;
    }

    @Override
    public String kind() {
        return "services";
    }

    @Override
    public String table() {
        return "services";
    }

    @Override
    public int order() {
        return 30;
    }

    @Override
    public Set<String> columns() {
        return Set.of("name", "duration_minutes");
    }

    @Override
    public UUID take(ExternalRow row, MigrationRelations relations) {
        var name = row.required("name");
        if (name.length() > LONGEST_NAME) {
            throw row.refused("name", "too-long");
        }
        var minutes = row.number("duration_minutes", USUAL_MINUTES, 5, LONGEST_MINUTES);
        return practice.addService(
                        name,
                        new HealthcareService.Timing(minutes, 0, 0, null),
                        new HealthcareService.Look(null, null, null),
                        new Practice.Offering(List.of(), List.of(), List.of()))
                .service()
                .id();
    }

    @Override
    public long present(boolean rehearsal) {
        return practice.services().size();
    }
}
