package app.recado.reporting;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.organizations.OrganizationProfiles;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** How visits were, as patients say who were asked. */
@Repository
class SurveyReport {

    /** The mean of fewer says more about one patient than about a practitioner. */
    private static final int FEWEST = 5;

    private static final String ANSWERS = """
            select a.practitioner_id, d.display_name, grouping(a.practitioner_id) = 1 as whole, count(*) as asked,
                   count(*) filter (where s.rating = 1) as very_bad, count(*) filter (where s.rating = 2) as bad,
                   count(*) filter (where s.rating = 3) as fair, count(*) filter (where s.rating = 4) as good,
                   count(*) filter (where s.rating = 5) as very_good
              from appointment a
              join practitioner d on d.organization_id = :org and d.id = a.practitioner_id
              left join survey_answer s on s.organization_id = :org and s.appointment_id = a.id
             where a.organization_id = :org and a.starts_at >= :begins and a.starts_at < :ends
               and exists (select from message m
                            where m.organization_id = :org and m.subject_id = a.id and m.kind = 'survey'
                              and m.out_at is not null and m.state not in ('failed', 'expired'))
             group by grouping sets ((), (a.practitioner_id, d.display_name))
             order by whole desc, d.display_name, a.practitioner_id
            """;

    private final JdbcClient jdbc;
    private final OrganizationProfiles organizations;
    private final Clock clock;

    SurveyReport(JdbcClient jdbc, OrganizationProfiles organizations, Clock clock) {
        this.jdbc = jdbc;
        this.organizations = organizations;
        this.clock = clock;
    }

    /** What patients said of visits of some days. */
    @Schema(name = "SurveyReport")
    record Surveys(
            @Schema(description = "Of all practitioners") Ratings all,

            @Schema(description = "By practitioner, by name; those of whom nobody was asked are left out")
            List<PractitionerRatings> practitioners) {}

    /** What patients said of a practitioner's visits. */
    @Schema(name = "SurveyReportPractitioner")
    record PractitionerRatings(
            @Schema(description = "The practitioner", example = "01937f3e-0000-7000-8000-000000000002")
            UUID practitionerId,

            @Schema(description = "As the clinic calls them", example = "Dra. Gómez")
            String displayName,

            @Schema(description = "What was said of their visits")
            Ratings ratings) {}

    /** How many patients said what. */
    @Schema(name = "SurveyRatings")
    record Ratings(
            @Schema(description = "Visits whose patient was asked", example = "48")
            int asked,

            @Schema(description = "Of them those that were rated", example = "31")
            int answered,

            @Schema(description = "How many said 1, 2, 3, 4 and 5, in that order", example = "[0, 1, 3, 9, 18]")
            List<Integer> counts,

            @Schema(description = "The mean; null with fewer than five answers", example = "4.42") @Nullable Double mean) {

        static Ratings of(int asked, List<Integer> counts) {
            int answered = counts.stream().mapToInt(Integer::intValue).sum();
            int points = 0;
            for (int rating = 1; rating <= counts.size(); rating++) {
                points += rating * counts.get(rating - 1);
            }
            return new Ratings(
                    asked, answered, counts, answered < FEWEST ? null : Math.round(100.0 * points / answered) / 100.0);
        }
    }

    private record Row(
            boolean whole,
            @Nullable UUID practitionerId,
            @Nullable String displayName,
            Ratings ratings) {}

    @Transactional(readOnly = true)
    public Surveys of(Period period) {
        var zone = organizations.current().timeZone();
        var rows = jdbc.sql(ANSWERS)
                .param("org", CurrentOrganization.id())
                .param("begins", SqlTime.at(period.begins(zone)))
                .param("ends", SqlTime.at(period.ends(zone, clock.instant())))
                .query(SurveyReport::row)
                .list();
        var all = rows.stream()
                .filter(Row::whole)
                .map(Row::ratings)
                .findFirst()
                .orElseGet(() -> Ratings.of(0, List.of(0, 0, 0, 0, 0)));
        return new Surveys(
                all, rows.stream().flatMap(SurveyReport::ofPractitioner).toList());
    }

    private static Stream<PractitionerRatings> ofPractitioner(Row row) {
        return row.practitionerId() == null || row.displayName() == null
                ? Stream.empty()
                : Stream.of(new PractitionerRatings(row.practitionerId(), row.displayName(), row.ratings()));
    }

    private static Row row(ResultSet row, int n) throws SQLException {
        return new Row(
                row.getBoolean("whole"),
                row.getObject("practitioner_id", UUID.class),
                row.getString("display_name"),
                Ratings.of(
                        row.getInt("asked"),
                        List.of(
                                row.getInt("very_bad"),
                                row.getInt("bad"),
                                row.getInt("fair"),
                                row.getInt("good"),
                                row.getInt("very_good"))));
    }
}
