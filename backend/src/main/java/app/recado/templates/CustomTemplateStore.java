package app.recado.templates;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.security.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The clinic's own templates. They are archived and not deleted: messages and campaigns refer to them. */
@Service
@Transactional
class CustomTemplateStore implements CustomTemplates {

    private final JdbcClient jdbc;
    private final OwnTextRepository texts;
    private final TemplateSubmissions submissions;
    private final LiveHints hints;
    private final Clock clock;

    CustomTemplateStore(
            JdbcClient jdbc, OwnTextRepository texts, TemplateSubmissions submissions, LiveHints hints, Clock clock) {
        this.jdbc = jdbc;
        this.texts = texts;
        this.submissions = submissions;
        this.hints = hints;
        this.clock = clock;
    }

    private record Row(
            UUID id, String name, TemplatePurpose purpose, boolean archived, Instant createdAt, long version) {}

    /** By name. */
    @Transactional(readOnly = true)
    public List<CustomTemplate> all() {
        var rows = rows(" order by lower(name), id", Map.of());
        var published = texts.findAll().stream()
                .filter(text -> text.customId() != null && text.body() != null)
                .collect(Collectors.groupingBy(text -> Objects.requireNonNull(text.customId())));
        return rows.stream()
                .map(row -> view(row, published.getOrDefault(row.id(), List.of())))
                .toList();
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<CustomTemplate> find(UUID id) {
        return rows(" and id = :id", Map.of("id", id)).stream()
                .findFirst()
                .map(row -> view(
                        row,
                        texts.findByCustomId(id).stream()
                                .filter(text -> text.body() != null)
                                .toList()));
    }

    @Override
    @Transactional(readOnly = true)
    public boolean isApproved(UUID id, UUID lineId) {
        return submissions.of(lineId).stream().anyMatch(row -> id.equals(row.customId()) && row.approved());
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public CustomTemplate get(UUID id) {
        return find(id).orElseThrow(CustomTemplateStore::unknown);
    }

    /** @throws app.recado.kernel.ProblemException {@code template-exists} for a name that another one has */
    public CustomTemplate create(String name, TemplatePurpose purpose) {
        var id = Ids.next();
        try {
            jdbc.sql("""
                            insert into custom_template (organization_id, id, name, purpose, created_at, created_by, version)
                            values (?, ?, ?, ?, ?, ?, 0)
                            """)
                    .params(
                            CurrentOrganization.id(),
                            id,
                            name.strip(),
                            purpose.wireName(),
                            SqlTime.at(clock.instant()),
                            Caller.current().subject())
                    .update();
        } catch (DataIntegrityViolationException taken) {
            throw taken();
        }
        hints.changed(LiveHints.Kind.MESSAGE_TEMPLATE, id);
        return get(id);
    }

    /** Names it anew, archives it or brings it back. Its purpose stays: consent was asked for it.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code template-exists} */
    public CustomTemplate change(UUID id, ExpectedVersion expected, String name, boolean archived) {
        long version = jdbc.sql("select version from custom_template where organization_id = ? and id = ? for update")
                .params(CurrentOrganization.id(), id)
                .query(Long.class)
                .optional()
                .orElseThrow(CustomTemplateStore::unknown);
        expected.mustBe(version);
        try {
            jdbc.sql("""
                            update custom_template
                               set name = ?, version = version + 1,
                                   archived_at = case when ? then coalesce(archived_at, ?) end
                             where organization_id = ? and id = ?
                            """)
                    .params(name.strip(), archived, SqlTime.at(clock.instant()), CurrentOrganization.id(), id)
                    .update();
        } catch (DataIntegrityViolationException taken) {
            throw taken();
        }
        hints.changed(LiveHints.Kind.MESSAGE_TEMPLATE, id);
        return get(id);
    }

    private List<Row> rows(String more, Map<String, Object> parameters) {
        return jdbc.sql("""
                        select id, name, purpose, archived_at is not null as archived, created_at, version
                          from custom_template where organization_id = :org
                        """ + more)
                .param("org", CurrentOrganization.id())
                .params(parameters)
                .query((row, n) -> new Row(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        TemplatePurpose.of(row.getString("purpose")),
                        row.getBoolean("archived"),
                        SqlTime.instant(row, "created_at"),
                        row.getLong("version")))
                .list();
    }

    private static CustomTemplate view(Row row, List<OwnText> published) {
        var languages = EnumSet.noneOf(TemplateLanguage.class);
        var needed = new TreeSet<String>();
        for (var text : published) {
            languages.add(text.language());
            needed.addAll(
                    TemplateBody.parse(Objects.requireNonNull(text.body())).needsVisit());
        }
        return new CustomTemplate(
                row.id(),
                row.name(),
                row.purpose(),
                row.archived(),
                List.copyOf(languages),
                List.copyOf(needed),
                row.createdAt(),
                row.version());
    }

    private static RuntimeException unknown() {
        return Problem.NOT_FOUND.because("There is no such template");
    }

    private static RuntimeException taken() {
        return Problem.TEMPLATE_EXISTS.at("/name", "already-exists", "Another template of the clinic has this name");
    }
}
