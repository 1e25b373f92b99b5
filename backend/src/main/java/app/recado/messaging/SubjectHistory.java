package app.recado.messaging;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads what was said about subjects. */
@Component
@Transactional(readOnly = true)
class SubjectHistory implements SubjectMessages {

    private final JdbcClient jdbc;

    SubjectHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record LatestOf(UUID subjectId, Latest latest) {}

    @Override
    public Map<UUID, Latest> latest(Collection<UUID> subjectIds) {
        if (subjectIds.isEmpty()) {
            return Map.of();
        }
        // What concerns the current version before what does not, what has begun before what is still planned; of what
        // has
        // begun the last, of what is planned the first.
        return jdbc
                .sql("""
                        select distinct on (subject_id) subject_id, id, kind, state, updated_at
                          from message
                         where organization_id = ? and subject_id = any (?)
                         order by subject_id, (superseded_at is not null), (state = 'planned'),
                                  case when state = 'planned' then due_at end, due_at desc, id desc
                        """)
                .params(CurrentOrganization.id(), subjectIds.toArray(UUID[]::new))
                .query((row, n) -> new LatestOf(
                        row.getObject("subject_id", UUID.class),
                        new Latest(
                                row.getObject("id", UUID.class),
                                row.getString("kind"),
                                MessageState.of(row.getString("state")),
                                SqlTime.instant(row, "updated_at"))))
                .list()
                .stream()
                .collect(Collectors.toMap(LatestOf::subjectId, LatestOf::latest));
    }

    @Override
    public List<Step> steps(UUID subjectId) {
        return jdbc.sql("""
                        select m.id, m.kind, s.state, s.at, s.reason
                          from message m
                          join message_step s on s.organization_id = m.organization_id and s.message_id = m.id
                         where m.organization_id = ? and m.subject_id = ?
                         order by s.at, s.id
                        """)
                .params(CurrentOrganization.id(), subjectId)
                .query((row, n) -> new Step(
                        row.getObject("id", UUID.class),
                        row.getString("kind"),
                        MessageState.of(row.getString("state")),
                        SqlTime.instant(row, "at"),
                        row.getString("reason")))
                .list();
    }
}
