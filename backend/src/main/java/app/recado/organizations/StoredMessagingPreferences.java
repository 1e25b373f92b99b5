package app.recado.organizations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.organizations.MessagingPreferences.DeclineAction;
import app.recado.organizations.MessagingPreferences.QuietHours;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Answers other modules' question how the current organization wants its patients to be written to. */
@Component
class StoredMessagingPreferences implements OrganizationMessaging {

    private final JdbcClient jdbc;

    StoredMessagingPreferences(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    @Transactional(readOnly = true)
    public MessagingPreferences preferences() {
        return jdbc.sql("""
                        select decline_action, quiet_from, quiet_to from organization where id = ?
                        """)
                .param(CurrentOrganization.id())
                .query((row, n) -> new MessagingPreferences(
                        row.getString("decline_action").equals("cancel")
                                ? DeclineAction.CANCEL
                                : DeclineAction.ASK_STAFF,
                        quietHours(row)))
                .optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because("This organization is not registered here"));
    }

    private static @Nullable QuietHours quietHours(ResultSet row) throws SQLException {
        var from = row.getObject("quiet_from", LocalTime.class);
        var to = row.getObject("quiet_to", LocalTime.class);
        return from == null || to == null ? null : new QuietHours(from, to);
    }
}
