package app.recado.templates;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The rows of {@code line_template}; part of the caller's transaction. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class LineTemplates {

    private static final String COLUMNS =
            "line_id, kind, language, name, confirmed_name, provider_language, array_to_string(parameters, ',') as parameters,"
                    + " answer_buttons, version, updated_at";

    private final JdbcClient jdbc;
    private final LiveHints hints;
    private final Clock clock;

    LineTemplates(JdbcClient jdbc, LiveHints hints, Clock clock) {
        this.jdbc = jdbc;
        this.hints = hints;
        this.clock = clock;
    }

    private static LineTemplate read(ResultSet row, int n) throws SQLException {
        return new LineTemplate(
                row.getObject("line_id", UUID.class),
                TemplateKind.of(row.getString("kind")),
                TemplateLanguage.of(row.getString("language")).orElseThrow(),
                row.getString("name"),
                row.getString("confirmed_name"),
                row.getString("provider_language"),
                fields(row.getString("parameters")),
                row.getBoolean("answer_buttons"),
                row.getLong("version"),
                SqlTime.instant(row, "updated_at"));
    }

    private static List<TemplateField> fields(String paths) {
        return Arrays.stream(paths.split(","))
                .filter(path -> !path.isEmpty())
                .map(path -> TemplateField.of(path).orElseThrow())
                .toList();
    }

    List<LineTemplate> of(UUID lineId) {
        return jdbc.sql("select " + COLUMNS + " from line_template where organization_id = ? and line_id = ?")
                .params(CurrentOrganization.id(), lineId)
                .query(LineTemplates::read)
                .list();
    }

    Optional<LineTemplate> find(UUID lineId, TemplateKind kind, TemplateLanguage language) {
        return of(lineId).stream()
                .filter(template -> template.kind() == kind && template.language() == language)
                .findFirst();
    }

    /** Puts a mapping in place of the version somebody saw; 0 for none.
     *
     * @param wanted its version and time are not looked at
     * @throws app.recado.kernel.ProblemException {@code stale} */
    LineTemplate put(LineTemplate wanted, ExpectedVersion expected, String by) {
        expected.mustBe(find(wanted.lineId(), wanted.kind(), wanted.language())
                .map(LineTemplate::version)
                .orElse(0L));
        int written = jdbc.sql("""
                        insert into line_template as t (organization_id, line_id, kind, language, name, confirmed_name,
                               provider_language, parameters, answer_buttons, version, updated_at, updated_by)
                        values (?, ?, ?, ?, ?, ?, ?, string_to_array(?, ','), ?, 1, ?, ?)
                        on conflict (organization_id, line_id, kind, language) do update
                           set name = excluded.name, confirmed_name = excluded.confirmed_name, provider_language = excluded.provider_language,
                               parameters = excluded.parameters, answer_buttons = excluded.answer_buttons,
                               version = t.version + 1, updated_at = excluded.updated_at, updated_by = excluded.updated_by
                         where t.version = ?
                        """)
                .param(CurrentOrganization.id())
                .param(wanted.lineId())
                .param(wanted.kind().wireName())
                .param(wanted.language().tag())
                .param(wanted.name())
                .param(wanted.confirmedName())
                .param(wanted.providerLanguage())
                .param(wanted.parameters().stream().map(TemplateField::path).collect(Collectors.joining(",")))
                .param(wanted.answerButtons())
                .param(SqlTime.at(clock.instant()))
                .param(by)
                .param(expected.value())
                .update();
        if (written == 0) {
            throw Problem.STALE.because("Somebody else just mapped this occasion");
        }
        hints.changed(LiveHints.Kind.WHATSAPP_LINE, wanted.lineId());
        return find(wanted.lineId(), wanted.kind(), wanted.language()).orElseThrow();
    }

    /** Takes a mapping away; it is no error when there is none. */
    void remove(UUID lineId, TemplateKind kind, TemplateLanguage language) {
        int removed = jdbc.sql("""
                        delete from line_template
                         where organization_id = ? and line_id = ? and kind = ? and language = ?
                        """)
                .params(CurrentOrganization.id(), lineId, kind.wireName(), language.tag())
                .update();
        if (removed > 0) {
            hints.changed(LiveHints.Kind.WHATSAPP_LINE, lineId);
        }
    }
}
