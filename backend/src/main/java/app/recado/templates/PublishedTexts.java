package app.recado.templates;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Every text that was ever published, as it was. Rows are added and never changed; part of the caller's transaction. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class PublishedTexts {

    private final JdbcClient jdbc;

    PublishedTexts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param publishedBy the account */
    record Published(int number, String body, Instant publishedAt, String publishedBy) {}

    void add(OwnText text) {
        jdbc.sql("""
                        insert into message_template_version (organization_id, template_id, number, body, published_at,
                                                              published_by)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        CurrentOrganization.id(),
                        text.id(),
                        text.published(),
                        Objects.requireNonNull(text.body()),
                        SqlTime.at(text.updatedAt()),
                        text.updatedBy())
                .update();
    }

    /** The newest first. */
    List<Published> of(UUID templateId) {
        return jdbc.sql("""
                        select number, body, published_at, published_by from message_template_version
                         where organization_id = ? and template_id = ? order by number desc
                        """)
                .params(CurrentOrganization.id(), templateId)
                .query((row, n) -> new Published(
                        row.getInt("number"),
                        row.getString("body"),
                        SqlTime.instant(row, "published_at"),
                        row.getString("published_by")))
                .list();
    }
}
