package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** For what a clinic's tickets are opened by themselves, and its own rules of what a message is about. */
@Repository
@Transactional
class TicketSettings {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    TicketSettings(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * What a message with some words is about, whatever the model says.
     *
     * @param words all of which stand in the message, in any order; accents and case do not matter
     * @param category what it is about then
     */
    @Schema(name = "TicketRule")
    record Rule(
            @Schema(example = "presupuesto ortodoncia") @NotBlank @Size(max = 100) String words,

            @NotNull TicketCategory category) {}

    /**
     * How tickets are opened.
     *
     * @param openedFor a message about one of these opens a ticket and calls people by e-mail; empty: people open them
     * @param rules of which the first that fits holds
     */
    @Schema(name = "TicketSettings")
    record Settings(List<TicketCategory> openedFor, List<Rule> rules, long version) implements Versioned {}

    @Transactional(readOnly = true)
    public Settings current() {
        return find("");
    }

    private Settings find(String locking) {
        return jdbc.sql("select opened_for, rules, version from ticket_settings where organization_id = ?" + locking)
                .param(CurrentOrganization.id())
                .query((row, n) -> new Settings(
                        Arrays.stream((String[]) row.getArray("opened_for").getArray())
                                .map(TicketCategory::of)
                                .toList(),
                        List.of(json.readValue(row.getString("rules"), Rule[].class)),
                        row.getLong("version")))
                .optional()
                .orElse(new Settings(List.of(), List.of(), 0));
    }

    /** @throws app.recado.kernel.ProblemException {@code stale} */
    public Settings change(ExpectedVersion expected, Collection<TicketCategory> openedFor, List<Rule> rules) {
        begin();
        expected.mustBe(find(" for update").version());
        jdbc.sql("""
                        update ticket_settings set opened_for = ?, rules = cast(? as jsonb), version = version + 1
                         where organization_id = ?
                        """)
                .param(new TreeSet<>(openedFor)
                        .stream().map(TicketCategory::wireName).toArray(String[]::new))
                .param(json.writeValueAsString(rules))
                .param(CurrentOrganization.id())
                .update();
        return current();
    }

    /** The number of the next ticket; others wait for it until the caller's transaction ends. */
    public long nextNumber() {
        begin();
        return jdbc.sql("""
                        update ticket_settings set last_number = last_number + 1 where organization_id = ?
                        returning last_number
                        """).param(CurrentOrganization.id()).query(Long.class).single();
    }

    private void begin() {
        jdbc.sql("insert into ticket_settings (organization_id) values (?) on conflict (organization_id) do nothing")
                .param(CurrentOrganization.id())
                .update();
    }
}
