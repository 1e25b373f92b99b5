package app.recado.campaigns;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.SqlTime;
import app.recado.organizations.OrganizationProfiles;
import app.recado.templates.TemplatePurpose;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Finds whom a campaign is for. Part of the caller's transaction. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class AudienceQuery {

    /** Who may be written to at all; one card of each number: a family is written to once. */
    private static final String REACHED = """
             from patient p
            where p.organization_id = :org and p.archived_at is null and p.replaced_by is null and p.restricted_at is null
              and p.phone is not null and p.messaging = 'allowed'
            """;

    private static final String CONSENTED = """
              and p.marketing = 'allowed'
              and (select c.allowed from phone_consent c
                    where c.organization_id = :org and c.phone = p.phone and c.purpose = 'marketing'
                    order by c.said_at desc, c.id desc limit 1)
            """;

    private static final String VISIT = """
            select from appointment a where a.organization_id = :org and a.patient_id = p.id
            """;

    private static final String LAST_SEEN = """
            (select max(a.starts_at) from appointment a where a.organization_id = :org and a.patient_id = p.id
                and a.status in ('arrived', 'checked-in', 'fulfilled'))
            """;

    private static final DateTimeFormatter MONTH_AND_DAY = DateTimeFormatter.ofPattern("MM-dd");

    private final JdbcClient jdbc;
    private final OrganizationProfiles organizations;
    private final Clock clock;

    AudienceQuery(JdbcClient jdbc, OrganizationProfiles organizations, Clock clock) {
        this.jdbc = jdbc;
        this.organizations = organizations;
        this.clock = clock;
    }

    /**
     * How many there are.
     *
     * @param matching whose card fits and who can be written to
     * @param recipients of these, who agreed to what the messages are for, each number once
     */
    record Counted(int matching, int recipients) {}

    Counted count(Audience audience, TemplatePurpose purpose) {
        var filter = filter(audience);
        return new Counted(
                jdbc.sql("select count(*)" + REACHED + filter.sql())
                        .params(filter.parameters())
                        .query(Integer.class)
                        .single(),
                jdbc.sql("select count(distinct p.phone)" + REACHED + consent(purpose) + filter.sql())
                        .params(filter.parameters())
                        .query(Integer.class)
                        .single());
    }

    /** How many messages would go to numbers that begin like this, in E.164: the first five signs tell the market. */
    Map<String, Integer> numbers(Audience audience, TemplatePurpose purpose) {
        var filter = filter(audience);
        var numbers = new HashMap<String, Integer>();
        jdbc.sql("select left(p.phone, 5) as begins, count(distinct p.phone) as messages" + REACHED + consent(purpose)
                        + filter.sql() + " group by 1")
                .params(filter.parameters())
                .query(row -> {
                    numbers.put(row.getString("begins"), row.getInt("messages"));
                });
        return numbers;
    }

    /** Makes those recipients of a campaign who are none yet. @param atMost null for all */
    void choose(UUID campaignId, Audience audience, TemplatePurpose purpose, @Nullable Integer atMost) {
        var filter = filter(audience);
        var chosen = jdbc.sql("select id from (select distinct on (p.phone) p.id" + REACHED + consent(purpose)
                        + filter.sql() + """
                          and not exists (select from campaign_recipient r
                                            join patient q on q.organization_id = :org and q.id = r.patient_id
                                           where r.organization_id = :org and r.campaign_id = :campaign and q.phone = p.phone)
                        order by p.phone, p.id) as once order by id
                        """ + (atMost == null ? "" : " limit " + atMost))
                .params(filter.parameters())
                .param("campaign", campaignId)
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
        if (!chosen.isEmpty()) {
            jdbc.sql("""
                            insert into campaign_recipient (organization_id, id, campaign_id, patient_id)
                            select :org, r.id, :campaign, r.patient_id from unnest(:ids, :patients) as r (id, patient_id)
                            """)
                    .param("org", CurrentOrganization.id())
                    .param("campaign", campaignId)
                    .param("ids", chosen.stream().map(id -> Ids.next()).toArray(UUID[]::new))
                    .param("patients", chosen.toArray(UUID[]::new))
                    .update();
        }
    }

    private static String consent(TemplatePurpose purpose) {
        return purpose == TemplatePurpose.MARKETING ? CONSENTED : "";
    }

    /** Whoever was born on a leap day has their birthday the day before in a year without one. */
    private static String[] birthdaysOn(LocalDate day) {
        var own = MonthDay.from(day);
        return own.equals(MonthDay.of(Month.FEBRUARY, 28)) && !day.isLeapYear()
                ? new String[] {MONTH_AND_DAY.format(own), "02-29"}
                : new String[] {MONTH_AND_DAY.format(own)};
    }

    private record Filter(String sql, Map<String, Object> parameters) {}

    private Filter filter(Audience audience) {
        var zone = organizations.current().timeZone();
        var today = LocalDate.ofInstant(clock.instant(), zone);
        var conditions = new ArrayList<String>();
        var parameters = new HashMap<String, Object>(Map.of("org", CurrentOrganization.id()));
        if (audience.ageFrom() instanceof Integer from) {
            conditions.add("p.birth_date <= :bornUntil");
            parameters.put("bornUntil", today.minusYears(from));
        }
        if (audience.ageTo() instanceof Integer to) {
            conditions.add("p.birth_date > :bornAfter");
            parameters.put("bornAfter", today.minusYears(to + 1L));
        }
        if (!audience.tags().isEmpty()) {
            conditions.add("p.tags && cast(:tags as text[])");
            parameters.put("tags", audience.tags().toArray(String[]::new));
        }
        if (!audience.healthcareServiceIds().isEmpty()) {
            conditions.add(
                    "exists (" + VISIT
                            + " and a.status in ('arrived', 'checked-in', 'fulfilled') and a.healthcare_service_id = any (:services))");
            parameters.put("services", audience.healthcareServiceIds().toArray(UUID[]::new));
        }
        if (!audience.insuranceIds().isEmpty()) {
            conditions.add("exists (" + VISIT + " and a.insurance_id = any (:insurances))");
            parameters.put("insurances", audience.insuranceIds().toArray(UUID[]::new));
        }
        if (audience.seenBefore() instanceof LocalDate before) {
            conditions.add(LAST_SEEN + " < :seenBefore");
            parameters.put("seenBefore", SqlTime.at(before.atStartOfDay(zone).toInstant()));
        }
        if (audience.seenSince() instanceof LocalDate since) {
            conditions.add(LAST_SEEN + " >= :seenSince");
            parameters.put("seenSince", SqlTime.at(since.atStartOfDay(zone).toInstant()));
        }
        if (audience.withoutUpcoming()) {
            conditions.add("not exists (" + VISIT + " and a.status in ('pending', 'booked') and a.starts_at > :now)");
            parameters.put("now", SqlTime.at(clock.instant()));
        }
        if (audience.ofBirthdays()) {
            conditions.add("to_char(p.birth_date, 'MM-DD') = any (cast(:birthdays as text[]))");
            parameters.put("birthdays", birthdaysOn(today));
        }
        var sql = new StringBuilder();
        conditions.forEach(condition -> sql.append(" and ").append(condition).append('\n'));
        return new Filter(sql.toString(), parameters);
    }
}
