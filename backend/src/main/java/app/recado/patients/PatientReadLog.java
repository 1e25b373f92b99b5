package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Cursors;
import app.recado.kernel.Page;
import app.recado.kernel.SqlTime;
import app.recado.organizations.OrganizationProfiles;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Shows what {@link RecordedPatientReads} wrote down. */
@Repository
class PatientReadLog {

    private static final String LIST = "patient-reads";

    private static final String SELECT = """
            select r.patient_id, r.part, r.reader, r.reader_name, r.read_at, p.id as card, p.given_name, p.family_name
              from patient_read r
              left join patient p on p.organization_id = r.organization_id and p.id = r.patient_id
             where r.organization_id = :org
            """;

    /** The period first: it is what the indexes are ordered by, and no read lies outside its own. */
    private static final String ORDER =
            " order by r.period desc, r.read_at desc, r.patient_id desc, r.reader desc, r.part desc limit ";

    private static final String AFTER = " and (r.period, r.read_at, r.patient_id, r.reader, r.part)"
            + " < (:afterPeriod, :afterAt, :afterPatient, :afterReader, :afterPart)";

    private final JdbcClient jdbc;
    private final Cursors cursors;
    private final OrganizationProfiles organizations;
    private final MergeRecords merges;

    PatientReadLog(JdbcClient jdbc, Cursors cursors, OrganizationProfiles organizations, MergeRecords merges) {
        this.merges = merges;
        this.jdbc = jdbc;
        this.cursors = cursors;
        this.organizations = organizations;
    }

    /**
     * Which reads are looked for; null for all.
     *
     * @param patient whose; cards that were merged into theirs included
     * @param reader the account that looked
     * @param from first day of the clinic
     * @param to the day after the last
     */
    record Filter(
            @Nullable UUID patient,
            @Nullable String reader,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {}

    /** The latest first. */
    @Transactional(readOnly = true)
    public Page<PatientReadView> list(Filter filter, int limit, @Nullable String cursor) {
        var after = cursors.open(LIST, cursor);
        var zone = organizations.current().timeZone();
        var sql = new StringBuilder(SELECT)
                .append(filter.patient() == null ? "" : " and r.patient_id in (:cards)")
                .append(filter.reader() == null ? "" : " and r.reader = :reader")
                // A day begins with a period, wherever the clinic is.
                .append(filter.from() == null ? "" : " and r.period >= :from")
                .append(filter.to() == null ? "" : " and r.period < :to")
                .append(after == null ? "" : AFTER)
                .append(ORDER)
                .append(limit + 1);
        var statement = jdbc.sql(sql.toString()).param("org", CurrentOrganization.id());
        if (filter.patient() != null) {
            statement = statement.param("cards", merges.cards(filter.patient()));
        }
        if (filter.reader() != null) {
            statement = statement.param("reader", filter.reader());
        }
        if (filter.from() != null) {
            statement = statement.param(
                    "from", SqlTime.at(filter.from().atStartOfDay(zone).toInstant()));
        }
        if (filter.to() != null) {
            statement = statement.param(
                    "to", SqlTime.at(filter.to().atStartOfDay(zone).toInstant()));
        }
        if (after != null) {
            var at = Instant.parse(after.get(0));
            statement = statement
                    .param("afterPeriod", SqlTime.at(RecordedPatientReads.periodOf(at)))
                    .param("afterAt", SqlTime.at(at))
                    .param("afterPatient", UUID.fromString(after.get(1)))
                    .param("afterReader", after.get(2))
                    .param("afterPart", after.get(3));
        }
        var rows = statement.query((row, n) -> view(row)).list();
        return Page.of(rows, limit, this::position);
    }

    private String position(PatientReadView last) {
        var patient = last.patient();
        return cursors.seal(
                LIST,
                last.at().toString(),
                String.valueOf(patient == null ? PatientReads.NOBODY : patient.id()),
                last.reader().subject(),
                last.part().wireName());
    }

    private static PatientReadView view(ResultSet row) throws SQLException {
        var patient = row.getObject("patient_id", UUID.class);
        return new PatientReadView(
                SqlTime.instant(row, "read_at"),
                PatientPart.of(row.getString("part")),
                patient.equals(PatientReads.NOBODY)
                        ? null
                        : new PatientReadView.PatientOfRead(
                                patient,
                                row.getObject("card") == null
                                        ? null
                                        : PatientView.displayName(
                                                row.getString("given_name"), row.getString("family_name"))),
                new PatientReadView.Reader(row.getString("reader"), row.getString("reader_name")));
    }
}
