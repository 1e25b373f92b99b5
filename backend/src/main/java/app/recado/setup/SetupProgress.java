package app.recado.setup;

import app.recado.kernel.CurrentOrganization;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Looks whether the clinic has what it needs. Nothing of it is a mark that somebody set: a step whose record is gone is open
 * again, and one that was done elsewhere (an import, the API) is done here.
 */
@Component
class SetupProgress {

    private final JdbcClient jdbc;

    SetupProgress(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How far a clinic has come on its way to the first message. */
    record Setup(
            @Schema(description = "All steps, in the order in which they are best done")
            List<SetupStep> steps,

            @Schema(description = "True once every step is done", example = "false")
            boolean complete) {}

    /** One step of a clinic's setup. */
    record SetupStep(
            @Schema(description = "What it is about") SetupStepKind kind,

            @Schema(description = "True while the clinic has what this step is about", example = "true")
            boolean done) {}

    /** Of the current organization. */
    @Transactional(readOnly = true)
    public Setup current() {
        var steps = jdbc.sql("""
                        select exists (select from organization where id = :clinic and state <> 'provisioning') as clinic,
                               exists (select from location
                                        where organization_id = :clinic and active and address is not null) as location,
                               exists (select from practitioner
                                        where organization_id = :clinic and active) as practitioners,
                               exists (select from healthcare_service
                                        where organization_id = :clinic and active) as services,
                               exists (select from schedule_hours where organization_id = :clinic) as hours,
                               exists (select from whatsapp_line
                                        where organization_id = :clinic
                                          and (state = 'linked' or phone is not null)) as line,
                               exists (select from whatsapp_test_message
                                        where organization_id = :clinic and state in ('sent', 'delivered', 'read'))
                               or exists (select from message
                                           where organization_id = :clinic
                                             and state in ('sent', 'delivered', 'read')) as first_message
                        """)
                .param("clinic", CurrentOrganization.id())
                .query(SetupProgress::steps)
                .single();
        return new Setup(steps, steps.stream().allMatch(SetupStep::done));
    }

    /** Each column is called as its step. */
    private static List<SetupStep> steps(ResultSet row, int n) throws SQLException {
        var steps = new SetupStep[SetupStepKind.values().length];
        for (var kind : SetupStepKind.values()) {
            steps[kind.ordinal()] =
                    new SetupStep(kind, row.getBoolean(kind.name().toLowerCase(Locale.ROOT)));
        }
        return Arrays.asList(steps);
    }
}
