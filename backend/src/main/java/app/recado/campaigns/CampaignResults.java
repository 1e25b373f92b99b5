package app.recado.campaigns;

import app.recado.kernel.CurrentOrganization;
import app.recado.organizations.OrganizationProfiles;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What came of a campaign, counted at each asking. */
@Service
@Transactional(readOnly = true)
class CampaignResults {

    /** How long after a message what somebody does is put down to it. */
    private static final int ANSWERED_WITHIN_DAYS = 7;

    private static final int BOOKED_WITHIN_DAYS = 30;

    private static final String COUNTS = """
            with sent as (
                select m.id, m.state, m.patient_id, m.phone, m.out_at
                  from campaign_recipient r
                  join message m on m.organization_id = r.organization_id and m.subject_id = r.id and m.kind = 'campaign'
                 where r.organization_id = :org and r.campaign_id = :campaign)
            select (select count(*) from campaign_recipient where organization_id = :org and campaign_id = :campaign) as recipients,
                   count(*) as planned,
                   count(*) filter (where state in ('sent', 'delivered', 'read')) as sent,
                   count(*) filter (where state in ('delivered', 'read')) as delivered,
                   count(*) filter (where state = 'read') as read,
                   count(*) filter (where state in ('failed', 'unknown', 'expired')) as failed,
                   count(*) filter (where state = 'suppressed') as suppressed,
                   count(*) filter (where out_at is not null and exists (
                       select from inbound_message i where i.organization_id = :org and i.patient_id = sent.patient_id
                          and i.sent_at > out_at and i.sent_at < out_at + make_interval(days => :answered))) as answered,
                   count(*) filter (where out_at is not null and exists (
                       select from appointment a where a.organization_id = :org and a.patient_id = sent.patient_id
                          and a.created_at > out_at and a.created_at < out_at + make_interval(days => :booked))) as booked,
                   count(*) filter (where out_at is not null and exists (
                       select from phone_consent c where c.organization_id = :org and c.phone = sent.phone and not c.allowed
                          and c.said_at > out_at and c.said_at < out_at + make_interval(days => :answered))) as opted_out
              from sent
            """;

    private static final String DAYS = """
            select (m.out_at at time zone :zone)::date as day,
                   count(*) as sent,
                   count(*) filter (where m.state in ('delivered', 'read')) as delivered,
                   count(*) filter (where m.state = 'read') as read
              from campaign_recipient r
              join message m on m.organization_id = r.organization_id and m.subject_id = r.id and m.kind = 'campaign'
             where r.organization_id = :org and r.campaign_id = :campaign and m.out_at is not null
             group by day order by day
            """;

    private final JdbcClient jdbc;
    private final Campaigns campaigns;
    private final OrganizationProfiles organizations;

    CampaignResults(JdbcClient jdbc, Campaigns campaigns, OrganizationProfiles organizations) {
        this.jdbc = jdbc;
        this.campaigns = campaigns;
        this.organizations = organizations;
    }

    /**
     * What came of a campaign.
     *
     * @param recipients how many were chosen
     * @param planned for how many of them a message was planned
     * @param sent that left, delivered and read ones among them
     * @param delivered that reached the phone, read ones among them
     * @param read that were read, as far as phones tell
     * @param failed that did not leave, or of which that is not known
     * @param suppressed that were not sent, because the patient had opted out or the campaign was ended
     * @param answered whose patient wrote something within seven days of theirs
     * @param booked whose patient had a visit booked within thirty days of theirs, by whomever; it is no proof that the
     *     campaign brought them
     * @param optedOut whose number stopped marketing, or all messages, within seven days of theirs
     * @param days by the day on which messages left, on the clinic's clocks; days without any are left out
     */
    @Schema(name = "CampaignResults")
    record Results(
            int recipients,
            int planned,
            int sent,
            int delivered,
            int read,
            int failed,
            int suppressed,
            int answered,
            int booked,
            int optedOut,
            List<Day> days) {}

    /**
     * What left on a day and how far it has come since.
     *
     * @param day on the clinic's clocks
     * @param sent how many left
     * @param delivered how many of these reached the phone
     * @param read how many of these were read
     */
    @Schema(name = "CampaignDay")
    record Day(LocalDate day, int sent, int delivered, int read) {}

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    public Results of(UUID id) {
        campaigns.get(id);
        var days = jdbc.sql(DAYS)
                .param("org", CurrentOrganization.id())
                .param("campaign", id)
                .param("zone", organizations.current().timeZone().getId())
                .query((row, n) -> new Day(
                        row.getObject("day", LocalDate.class),
                        row.getInt("sent"),
                        row.getInt("delivered"),
                        row.getInt("read")))
                .list();
        return jdbc.sql(COUNTS)
                .param("org", CurrentOrganization.id())
                .param("campaign", id)
                .param("answered", ANSWERED_WITHIN_DAYS)
                .param("booked", BOOKED_WITHIN_DAYS)
                .query((row, n) -> new Results(
                        row.getInt("recipients"),
                        row.getInt("planned"),
                        row.getInt("sent"),
                        row.getInt("delivered"),
                        row.getInt("read"),
                        row.getInt("failed"),
                        row.getInt("suppressed"),
                        row.getInt("answered"),
                        row.getInt("booked"),
                        row.getInt("opted_out"),
                        days))
                .single();
    }
}
