package app.recado.templates;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.whatsapp.TemplateCategory;
import app.recado.whatsapp.TemplateStanding;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The rows of {@code template_submission}; part of the caller's transaction. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class TemplateSubmissions {

    private static final String SELECT = """
            select id, line_id, kind, custom_id, language, confirmed, pair_id, name, provider_language, provider_id, category,
                   body, parameters, examples, buttons, text_number, state, reason, detail, quality, submitted_at, told_at,
                   approved_at
              from template_submission where organization_id = :org
            """;

    private final JdbcClient jdbc;
    private final LiveHints hints;

    TemplateSubmissions(JdbcClient jdbc, LiveHints hints) {
        this.jdbc = jdbc;
        this.hints = hints;
    }

    private static TemplateSubmission read(ResultSet row, int n) throws SQLException {
        var kind = row.getString("kind");
        var quality = row.getString("quality");
        return new TemplateSubmission(
                row.getObject("id", UUID.class),
                row.getObject("line_id", UUID.class),
                kind == null ? null : TemplateKind.of(kind),
                row.getObject("custom_id", UUID.class),
                TemplateLanguage.of(row.getString("language")).orElseThrow(),
                row.getBoolean("confirmed"),
                row.getObject("pair_id", UUID.class),
                row.getString("name"),
                row.getString("provider_language"),
                row.getString("provider_id"),
                TemplateCategory.of(row.getString("category")).orElse(null),
                row.getString("body"),
                texts(row, "parameters").stream()
                        .map(path -> TemplateField.of(path).orElseThrow())
                        .toList(),
                texts(row, "examples"),
                texts(row, "buttons"),
                row.getInt("text_number"),
                TemplateStanding.State.of(row.getString("state")),
                row.getString("reason"),
                row.getString("detail"),
                quality == null ? null : TemplateStanding.Quality.of(quality).orElse(null),
                SqlTime.instant(row, "submitted_at"),
                row.getObject("told_at") == null ? null : SqlTime.instant(row, "told_at"),
                row.getObject("approved_at") == null ? null : SqlTime.instant(row, "approved_at"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return Arrays.asList((String[]) row.getArray(column).getArray());
    }

    /** The newest first. */
    List<TemplateSubmission> newest(int limit) {
        return jdbc.sql(SELECT + " order by submitted_at desc, id desc limit :limit")
                .param("org", CurrentOrganization.id())
                .param("limit", limit)
                .query(TemplateSubmissions::read)
                .list();
    }

    /** Of a line, the newest first. */
    List<TemplateSubmission> of(UUID lineId) {
        return jdbc.sql(SELECT + " and line_id = :line order by submitted_at desc, id desc")
                .param("org", CurrentOrganization.id())
                .param("line", lineId)
                .query(TemplateSubmissions::read)
                .list();
    }

    Optional<TemplateSubmission> find(UUID id) {
        return jdbc.sql(SELECT + " and id = :id")
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .query(TemplateSubmissions::read)
                .optional();
    }

    /** The same, and nobody else changes it until the transaction ends. */
    Optional<TemplateSubmission> lock(UUID id) {
        return jdbc.sql(SELECT + " and id = :id for update")
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .query(TemplateSubmissions::read)
                .optional();
    }

    /** Those of that name, locked: an account's templates are those of all its lines. */
    List<TemplateSubmission> lockNamed(String name, String providerLanguage) {
        return jdbc.sql(SELECT + " and name = :name and provider_language = :language order by id for update")
                .param("org", CurrentOrganization.id())
                .param("name", name)
                .param("language", providerLanguage)
                .query(TemplateSubmissions::read)
                .list();
    }

    void insert(TemplateSubmission made, String by) {
        jdbc.sql("""
                        insert into template_submission (organization_id, id, line_id, kind, custom_id, language, confirmed, pair_id,
                               name, provider_language, category, body, parameters, examples, buttons, text_number, state,
                               submitted_at, submitted_by, approved_at)
                        values (:org, :id, :line, :kind, :custom, :language, :confirmed, :pair, :name, :provider, :category, :body,
                               cast(:parameters as text[]), cast(:examples as text[]), cast(:buttons as text[]), :number, :state,
                               :now, :by, :approved)
                        """)
                .param("org", CurrentOrganization.id())
                .param("id", made.id())
                .param("line", made.lineId())
                .param("kind", made.kind() == null ? null : made.kind().wireName())
                .param("custom", made.customId())
                .param("language", made.language().tag())
                .param("confirmed", made.confirmed())
                .param("pair", made.pairId())
                .param("name", made.name())
                .param("provider", made.providerLanguage())
                .param(
                        "category",
                        made.category() == null ? null : made.category().wireName())
                .param("body", made.body())
                .param(
                        "parameters",
                        made.parameters().stream().map(TemplateField::path).toArray(String[]::new))
                .param("examples", made.examples().toArray(String[]::new))
                .param("buttons", made.buttons().toArray(String[]::new))
                .param("number", made.textNumber())
                .param("state", made.state().wireName())
                .param("now", SqlTime.at(made.submittedAt()))
                .param("by", by)
                .param("approved", made.approvedAt() == null ? null : SqlTime.at(made.approvedAt()))
                .update();
        changed(made.id(), made.lineId());
    }

    void written(UUID id, String providerId) {
        jdbc.sql("update template_submission set provider_id = :provider, version = version + 1"
                        + " where organization_id = :org and id = :id")
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .param("provider", providerId)
                .update();
    }

    /**
     * Writes down what the provider says; what it does not say stays.
     *
     * @return false when something newer is known
     */
    boolean told(TemplateSubmission row, @Nullable String providerId, TemplateStanding standing, Instant at) {
        // Webhooks tell whole seconds.
        var second = at.truncatedTo(ChronoUnit.SECONDS);
        if (row.toldAt() != null && second.isBefore(row.toldAt())) {
            return false;
        }
        boolean reasoned = standing.reason() != null;
        var reason = TemplateStanding.NO_REASON.equals(standing.reason()) ? null : standing.reason();
        jdbc.sql("""
                        update template_submission
                           set state = coalesce(:state, state), category = coalesce(:category, category),
                               quality = coalesce(:quality, quality), provider_id = coalesce(:provider, provider_id),
                               reason = case when :reasoned then :reason else reason end,
                               detail = case when :reasoned then :detail else detail end,
                               approved_at = case when :state = 'approved' then coalesce(approved_at, :at) else approved_at end,
                               told_at = :at, version = version + 1
                         where organization_id = :org and id = :id
                        """)
                .param("org", CurrentOrganization.id())
                .param("id", row.id())
                .param(
                        "state",
                        standing.state() == null ? null : standing.state().wireName(),
                        Types.VARCHAR)
                .param(
                        "category",
                        standing.category() == null ? null : standing.category().wireName(),
                        Types.VARCHAR)
                .param(
                        "quality",
                        standing.quality() == null ? null : standing.quality().wireName(),
                        Types.VARCHAR)
                .param("provider", providerId, Types.VARCHAR)
                .param("reasoned", reasoned)
                .param("reason", reason, Types.VARCHAR)
                .param("detail", standing.detail(), Types.VARCHAR)
                .param("at", SqlTime.at(second))
                .update();
        changed(row.id(), row.lineId());
        return true;
    }

    /** Why it is still on its way. */
    void delayed(TemplateSubmission row, String reason) {
        jdbc.sql("update template_submission set reason = :reason, version = version + 1"
                        + " where organization_id = :org and id = :id and reason is distinct from :reason")
                .param("org", CurrentOrganization.id())
                .param("id", row.id())
                .param("reason", reason)
                .update();
        changed(row.id(), row.lineId());
    }

    private void changed(UUID id, UUID lineId) {
        hints.changed(LiveHints.Kind.MESSAGE_TEMPLATE, id);
        hints.changed(LiveHints.Kind.WHATSAPP_LINE, lineId);
    }
}
