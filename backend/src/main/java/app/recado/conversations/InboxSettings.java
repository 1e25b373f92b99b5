package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Versioned;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** How a clinic shares its conversations out, within which time it wants to answer, and what it says while it is closed. */
@Repository
@Transactional
class InboxSettings {

    /** Who is given a conversation that nobody has. */
    enum Routing {
        /** Nobody: whoever wants takes it. */
        OFF,
        /** Whoever was given none for the longest time. */
        ROUND_ROBIN,
        /** Whoever has the fewest open ones. */
        LEAST_BUSY;

        @JsonValue
        String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Routing of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    private static final Settings UNSAID = new Settings(Routing.OFF, 10, null, 5, null, 0);

    private final JdbcClient jdbc;

    InboxSettings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * How the inbox of a clinic works.
     *
     * @param routing who is given a conversation that nobody has
     * @param capacity how many open conversations one person is given at most
     * @param responseMinutes within how many minutes of opening hours whoever waits is to be answered; null for no measure
     * @param warningMinutes how long before that it is said that the time runs out
     * @param outOfHoursText what somebody reads who writes while the clinic is closed, once each time; null for nothing
     */
    @Schema(name = "InboxSettings")
    record Settings(
            @Schema(example = "round-robin") Routing routing,
            @Schema(example = "10") int capacity,
            @Schema(example = "15") @Nullable Integer responseMinutes,
            @Schema(example = "5") int warningMinutes,

            @Schema(example = "Ahora estamos cerrados. Te respondemos mañana desde las 9.") @Nullable String outOfHoursText,

            long version)
            implements Versioned {}

    @Transactional(readOnly = true)
    public Settings current() {
        return find("");
    }

    private Settings find(String locking) {
        return jdbc.sql("""
                        select routing, capacity, response_minutes, warning_minutes, out_of_hours_text, version
                          from inbox_settings where organization_id = ?
                        """ + locking)
                .param(CurrentOrganization.id())
                .query((row, n) -> new Settings(
                        Routing.of(row.getString("routing")),
                        row.getInt("capacity"),
                        row.getObject("response_minutes", Integer.class),
                        row.getInt("warning_minutes"),
                        row.getString("out_of_hours_text"),
                        row.getLong("version")))
                .optional()
                .orElse(UNSAID);
    }

    /** @param wanted its version is not read
     * @throws app.recado.kernel.ProblemException {@code stale} */
    public Settings change(ExpectedVersion expected, Settings wanted) {
        jdbc.sql("""
                        insert into inbox_settings (organization_id, routing, capacity, warning_minutes) values (?, ?, ?, ?)
                        on conflict (organization_id) do nothing
                        """)
                .params(
                        CurrentOrganization.id(),
                        UNSAID.routing().wireName(),
                        UNSAID.capacity(),
                        UNSAID.warningMinutes())
                .update();
        expected.mustBe(find(" for update").version());
        var text = wanted.outOfHoursText();
        jdbc.sql("""
                        update inbox_settings
                           set routing = ?, capacity = ?, response_minutes = ?, warning_minutes = ?, out_of_hours_text = ?,
                               version = version + 1
                         where organization_id = ?
                        """)
                .param(wanted.routing().wireName())
                .param(wanted.capacity())
                .param(wanted.responseMinutes())
                .param(wanted.warningMinutes())
                .param(text == null || text.isBlank() ? null : text.strip())
                .param(CurrentOrganization.id())
                .update();
        return current();
    }
}
