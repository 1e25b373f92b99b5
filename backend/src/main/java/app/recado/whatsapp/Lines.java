package app.recado.whatsapp;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.organizations.Limit;
import app.recado.organizations.OrganizationLimits;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The lines of clinics: which there are, and what people set of them. Their states are {@link LineStates}'. */
@Component
@Transactional
public class Lines implements WhatsAppLines {

    /** The cause of a line that nobody has started yet. */
    static final String NEVER_STARTED = "never-started";

    private final JdbcClient jdbc;
    private final LiveHints hints;
    private final OrganizationLimits limits;
    private final Clock clock;

    Lines(JdbcClient jdbc, LiveHints hints, OrganizationLimits limits, Clock clock) {
        this.jdbc = jdbc;
        this.hints = hints;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<LineFacts> defaultLine() {
        return all().stream().filter(Line::isDefault).findFirst().map(Line::facts);
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<LineFacts> find(UUID id) {
        return line(id).map(Line::facts);
    }

    @Override
    @Transactional(readOnly = true)
    public List<LineFacts> each() {
        return all().stream().map(Line::facts).toList();
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<WarmUp> warmUp(UUID id) {
        return jdbc.sql("""
                        select engine, number_since from whatsapp_line
                         where organization_id = ? and id = ? and number_since is not null
                        """)
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> WarmUp.of(
                        LineEngineKind.of(row.getString("engine")),
                        SqlTime.instant(row, "number_since"),
                        clock.instant()))
                .optional()
                .flatMap(Function.identity());
    }

    @Transactional(readOnly = true)
    public List<Line> all() {
        return jdbc.sql("""
                        select id, name, engine, is_default, typing, typing_told, state, cause, since, next_attempt_at,
                               phone, profile_name, platform, other_phone, down_since, desired, observation, engine_since,
                               silent_since, version
                          from whatsapp_line where organization_id = ? order by is_default desc, created_at, id
                        """).param(CurrentOrganization.id()).query(Line::of).list();
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} for ids of other organizations as well */
    @Transactional(readOnly = true)
    public Line get(UUID id) {
        return line(id).orElseThrow(() -> Problem.NOT_FOUND.because("This clinic has no such line"));
    }

    /** Empty for ids of other organizations as well. */
    @Transactional(readOnly = true)
    public Optional<Line> line(UUID id) {
        return all().stream().filter(line -> line.id().equals(id)).findFirst();
    }

    /** How the line reaches WhatsApp; empty when the organization has no such line. */
    @Transactional(readOnly = true)
    public Optional<LineEngineKind> engineOf(UUID id) {
        return line(id).map(Line::engine);
    }

    /** Adds a line; the clinic's first one becomes its default.
     *
     * @throws app.recado.kernel.ProblemException {@code line-name-taken}, {@code limit-reached} */
    public Line open(String name, LineEngineKind engine) {
        var id = Ids.next();
        lockAll();
        refuseTakenName(name, id);
        limits.admit(Limit.LINES, all().size() + 1L);
        jdbc.sql("""
                insert into whatsapp_line (organization_id, id, name, engine, is_default, state, cause, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """)
                .params(
                        CurrentOrganization.id(),
                        id,
                        name,
                        engine.wireName(),
                        all().isEmpty(),
                        LineState.STOPPED.wireName(),
                        NEVER_STARTED,
                        SqlTime.at(clock.instant()))
                .update();
        hints.changed(LiveHints.Kind.WHATSAPP_LINE, id);
        return get(id);
    }

    /** Renames a line and says how it writes.
     *
     * @throws app.recado.kernel.ProblemException {@code line-name-taken}, {@code stale}, {@code not-found} */
    public Line edit(UUID id, ExpectedVersion expected, String name, boolean typing) {
        lockAll();
        expected.mustBe(get(id).version());
        refuseTakenName(name, id);
        jdbc.sql("""
                update whatsapp_line set name = ?, typing = ?, version = version + 1
                 where organization_id = ? and id = ?
                """).params(name, typing, CurrentOrganization.id(), id).update();
        hints.changed(LiveHints.Kind.WHATSAPP_LINE, id);
        return get(id);
    }

    /** Counts a change to what belongs to the line but stands elsewhere, such as its provider's credentials.
     *
     * @throws app.recado.kernel.ProblemException {@code stale}, {@code not-found} */
    public Line changed(UUID id, ExpectedVersion expected) {
        int written = jdbc.sql("""
                        update whatsapp_line set version = version + 1
                         where organization_id = ? and id = ? and version = ?
                        """)
                .params(CurrentOrganization.id(), id, expected.value())
                .update();
        var line = get(id);
        if (written == 0) {
            expected.mustBe(line.version());
        }
        hints.changed(LiveHints.Kind.WHATSAPP_LINE, id);
        return line;
    }

    /** Makes it the line that messages leave on. What was handed to another line stays there.
     *
     * @throws app.recado.kernel.ProblemException {@code stale}, {@code not-found} */
    public Line makeDefault(UUID id, ExpectedVersion expected) {
        lockAll();
        var line = get(id);
        expected.mustBe(line.version());
        if (line.isDefault()) {
            return line;
        }
        jdbc.sql("""
                update whatsapp_line set is_default = false, version = version + 1
                 where organization_id = ? and is_default
                """).param(CurrentOrganization.id()).update();
        jdbc.sql("""
                update whatsapp_line set is_default = true, version = version + 1
                 where organization_id = ? and id = ?
                """).params(CurrentOrganization.id(), id).update();
        for (var changed : all()) {
            hints.changed(LiveHints.Kind.WHATSAPP_LINE, changed.id());
        }
        return get(id);
    }

    /** The engine writes as the line is set now.
     *
     * @param typing what it was told */
    public void typingTold(UUID id, boolean typing) {
        jdbc.sql("update whatsapp_line set typing_told = ? where organization_id = ? and id = ?")
                .params(typing, CurrentOrganization.id(), id)
                .update();
    }

    /** Changes of a clinic's set of lines come one after another: names and the default are compared across them. */
    private void lockAll() {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('whatsapp-lines:' || ?, 0))")
                .param(CurrentOrganization.id().toString())
                .query((row, n) -> n)
                .list();
    }

    private void refuseTakenName(String name, UUID except) {
        boolean taken = all().stream()
                .anyMatch(line -> !line.id().equals(except) && line.name().equalsIgnoreCase(name));
        if (taken) {
            throw Problem.LINE_NAME_TAKEN.at("/name", "taken", "Another line of this clinic has this name");
        }
    }
}
