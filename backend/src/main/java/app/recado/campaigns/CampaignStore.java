package app.recado.campaigns;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The rows of campaigns and of whom they chose; part of the caller's transaction. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class CampaignStore {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String SELECT = """
            select c.*, (select count(*) from campaign_recipient r
                          where r.organization_id = c.organization_id and r.campaign_id = c.id) as recipients,
                   (select count(*) from campaign_recipient r
                     where r.organization_id = c.organization_id and r.campaign_id = c.id and r.released_at is not null) as released
              from campaign c where c.organization_id = :org
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    CampaignStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The newest first. @param after the last of the page before; null for the first page */
    List<Campaign> list(@Nullable UUID after, int limit) {
        return jdbc.sql(SELECT + (after == null ? "" : " and c.id < :after") + " order by c.id desc limit " + limit)
                .param("org", CurrentOrganization.id())
                .param("after", after)
                .query(CampaignStore::read)
                .list();
    }

    Optional<Campaign> find(UUID id) {
        return jdbc.sql(SELECT + " and c.id = :id")
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .query(CampaignStore::read)
                .optional();
    }

    /** Those that send now or may, the longest started first; each held until the transaction ends. */
    List<Campaign> lockRunning() {
        var ids = jdbc.sql("""
                        select id from campaign where organization_id = ? and state = 'running' and starts_at <= ?
                         order by starts_at, id for update skip locked
                        """)
                .params(CurrentOrganization.id(), SqlTime.at(clock.instant()))
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
        return ids.stream().map(id -> find(id).orElseThrow()).toList();
    }

    UUID insert(CampaignController.Wanted wanted, String by) {
        var id = Ids.next();
        jdbc.sql("""
                        insert into campaign (organization_id, id, name, template_id, line_id, audience, frozen, state, starts_at,
                                              ends_at, send_from, send_until, per_day, created_at, created_by, version)
                        values (:org, :id, :name, :template, :line, cast(:audience as jsonb), :frozen, 'draft', :starts, :ends,
                                :from, :until, :perDay, :now, :by, 0)
                        """)
                .params(values(wanted))
                .param("id", id)
                .param("now", SqlTime.at(clock.instant()))
                .param("by", by)
                .update();
        return id;
    }

    /** Replaces a draft that has that version. @return false when somebody else was faster */
    boolean replace(UUID id, long version, CampaignController.Wanted wanted) {
        return jdbc.sql("""
                        update campaign set name = :name, template_id = :template, line_id = :line,
                               audience = cast(:audience as jsonb), frozen = :frozen, starts_at = :starts, ends_at = :ends,
                               send_from = :from, send_until = :until, per_day = :perDay, version = version + 1
                         where organization_id = :org and id = :id and version = :version and state = 'draft'
                        """)
                        .params(values(wanted))
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    private static Map<String, Object> values(CampaignController.Wanted wanted) {
        return Map.ofEntries(
                Map.entry("org", CurrentOrganization.id()),
                Map.entry("name", wanted.name().strip()),
                Map.entry("template", wanted.templateId()),
                Map.entry("line", wanted.lineId()),
                Map.entry("audience", JSON.writeValueAsString(wanted.audience().audience())),
                Map.entry("frozen", wanted.frozen()),
                Map.entry("starts", SqlTime.at(wanted.startsAt())),
                Map.entry("ends", SqlTime.at(wanted.endsAt())),
                Map.entry("from", wanted.sendFrom()),
                Map.entry("until", wanted.sendUntil()),
                Map.entry("perDay", wanted.perDay()));
    }

    /** Brings a campaign into another state. @return false when it has not that version any more */
    boolean become(UUID id, long version, CampaignState state, @Nullable String startedBy) {
        var now = SqlTime.at(clock.instant());
        return jdbc.sql("""
                        update campaign set state = :state, version = version + 1,
                               started_at = case when :state = 'running' then coalesce(started_at, :now) else started_at end,
                               started_by = coalesce(started_by, cast(:by as text)),
                               finished_at = case when :state in ('completed', 'cancelled') then :now end
                         where organization_id = :org and id = :id and version = :version
                        """)
                        .param("state", state.wireName())
                        .param("now", now)
                        .param("by", startedBy)
                        .param("org", CurrentOrganization.id())
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    /** Somebody a campaign chose. */
    record Recipient(UUID id, UUID patientId) {}

    /** The next to be written to, the first chosen first; from now on a message is planned for them. */
    List<Recipient> release(UUID campaignId, int atMost) {
        return jdbc.sql("""
                        update campaign_recipient set released_at = :now, version = version + 1
                         where organization_id = :org and id in (
                               select id from campaign_recipient
                                where organization_id = :org and campaign_id = :campaign and released_at is null
                                order by id limit %d)
                        returning id, patient_id
                        """.formatted(atMost))
                .param("now", SqlTime.at(clock.instant()))
                .param("org", CurrentOrganization.id())
                .param("campaign", campaignId)
                .query((row, n) ->
                        new Recipient(row.getObject("id", UUID.class), row.getObject("patient_id", UUID.class)))
                .list();
    }

    int releasedSince(UUID campaignId, java.time.Instant since) {
        return jdbc.sql("""
                        select count(*) from campaign_recipient
                         where organization_id = ? and campaign_id = ? and released_at >= ?
                        """)
                .params(CurrentOrganization.id(), campaignId, SqlTime.at(since))
                .query(Integer.class)
                .single();
    }

    /** The campaign of each of these recipients. */
    Map<UUID, Campaign> ofRecipients(Collection<UUID> recipients) {
        record Of(UUID recipient, UUID campaign) {}
        var pairs = jdbc.sql(
                        "select id, campaign_id from campaign_recipient where organization_id = ? and id = any (?)")
                .params(CurrentOrganization.id(), recipients.toArray(UUID[]::new))
                .query((row, n) -> new Of(row.getObject("id", UUID.class), row.getObject("campaign_id", UUID.class)))
                .list();
        var campaigns = pairs.stream()
                .map(Of::campaign)
                .distinct()
                .collect(Collectors.toMap(id -> id, id -> find(id).orElseThrow()));
        return pairs.stream()
                .collect(Collectors.toMap(
                        Of::recipient, pair -> java.util.Objects.requireNonNull(campaigns.get(pair.campaign()))));
    }

    private static Campaign read(ResultSet row, int n) throws SQLException {
        return new Campaign(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getObject("template_id", UUID.class),
                row.getObject("line_id", UUID.class),
                JSON.readValue(row.getString("audience"), Audience.class),
                row.getBoolean("frozen"),
                CampaignState.of(row.getString("state")),
                SqlTime.instant(row, "starts_at"),
                SqlTime.instant(row, "ends_at"),
                row.getObject("send_from", LocalTime.class),
                row.getObject("send_until", LocalTime.class),
                row.getInt("per_day"),
                row.getInt("recipients"),
                row.getInt("released"),
                SqlTime.instant(row, "created_at"),
                SqlTime.instantOrNull(row, "started_at"),
                SqlTime.instantOrNull(row, "finished_at"),
                row.getLong("version"));
    }
}
