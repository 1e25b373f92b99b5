package app.recado.scheduling;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.patients.Patients;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who pays for a patient's visits as a rule, and their number there; each visit says for itself who pays. */
@Service
public class Coverages {

    private final JdbcClient jdbc;
    private final Patients patients;
    private final LiveHints hints;
    private final Clock clock;

    Coverages(JdbcClient jdbc, Patients patients, LiveHints hints, Clock clock) {
        this.jdbc = jdbc;
        this.patients = patients;
        this.hints = hints;
        this.clock = clock;
    }

    /**
     * A patient's coverage.
     *
     * @param insuranceId null when the patient pays, or nobody said
     * @param insurance its name
     * @param memberNumber null when nobody said
     * @param version 0 while nothing was ever written
     */
    public record Coverage(
            @Nullable UUID insuranceId,
            @Nullable String insurance,
            @Nullable String memberNumber,
            long version) {

        static final Coverage NONE = new Coverage(null, null, null, 0);

        /** Of a person: never printed. */
        @Override
        public String toString() {
            return "Coverage";
        }
    }

    /** An insurance that the clinic takes. */
    public record Accepted(UUID id, String name) {}

    /** Those that are offered, by name. Needs an open transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Accepted> accepted() {
        return jdbc.sql("select id, name from insurance where organization_id = ? and active order by name, id")
                .param(CurrentOrganization.id())
                .query((row, n) -> new Accepted(row.getObject("id", UUID.class), row.getString("name")))
                .list();
    }

    /** Nothing but nulls for somebody of whom nothing was written. Needs an open transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Coverage of(UUID patient) {
        return newest(patient).map(Row::coverage).orElse(Coverage.NONE);
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public Coverage read(UUID patient) {
        if (!patients.exists(patient)) {
            throw Problem.NOT_FOUND.because("There is no such patient");
        }
        return of(patient);
    }

    private record Row(UUID id, Coverage coverage) {}

    private Optional<Row> newest(UUID patient) {
        return jdbc.sql("""
                        select c.id, c.insurance_id, i.name, c.member_number, c.version from coverage c
                          left join insurance i on i.organization_id = c.organization_id and i.id = c.insurance_id
                         where c.organization_id = ? and c.patient_id = ? order by c.updated_at desc, c.id desc limit 1
                        """)
                .params(CurrentOrganization.id(), patient)
                .query((row, n) -> new Row(
                        row.getObject("id", UUID.class),
                        new Coverage(
                                row.getObject("insurance_id", UUID.class),
                                row.getString("name"),
                                row.getString("member_number"),
                                row.getLong("version"))))
                .optional();
    }

    /**
     * Replaces what is written.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code invalid-fields}
     */
    @Transactional
    public Coverage replace(
            UUID patient,
            ExpectedVersion expected,
            @Nullable UUID insuranceId,
            @Nullable String memberNumber,
            String by) {
        if (!patients.exists(patient)) {
            throw Problem.NOT_FOUND.because("There is no such patient");
        }
        hold(patient);
        expected.mustBe(of(patient).version());
        return write(patient, insuranceId, memberNumber, by);
    }

    /** Nobody else writes this patient's coverage until the transaction ends; there may be no row to hold yet. */
    private void hold(UUID patient) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 2))")
                .param(CurrentOrganization.id() + " coverage " + patient)
                .query((row, n) -> n)
                .list();
    }

    /**
     * Writes it, whatever was written. Needs an open transaction.
     *
     * @throws app.recado.kernel.ProblemException {@code invalid-fields} for an insurance that the clinic does not have
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Coverage write(UUID patient, @Nullable UUID insuranceId, @Nullable String memberNumber, String by) {
        if (insuranceId != null && !exists(insuranceId)) {
            throw Problem.INVALID_FIELDS.at("/insuranceId", "unknown-value", "Choose one of the clinic's insurances");
        }
        var before = newest(patient);
        var now = SqlTime.at(clock.instant());
        if (before.isPresent()) {
            jdbc.sql("""
                            update coverage set insurance_id = :insurance, member_number = :number, updated_at = :now,
                                                updated_by = :by, version = version + 1
                             where organization_id = :org and id = :id
                            """)
                    .param("insurance", insuranceId)
                    .param("number", memberNumber)
                    .param("now", now)
                    .param("by", by)
                    .param("org", CurrentOrganization.id())
                    .param("id", before.get().id())
                    .update();
        } else {
            jdbc.sql("""
                            insert into coverage (organization_id, id, patient_id, insurance_id, member_number, updated_at,
                                                  updated_by, version)
                            values (:org, :id, :patient, :insurance, :number, :now, :by, 1)
                            """)
                    .param("org", CurrentOrganization.id())
                    .param("id", Ids.next())
                    .param("patient", patient)
                    .param("insurance", insuranceId)
                    .param("number", memberNumber)
                    .param("now", now)
                    .param("by", by)
                    .update();
        }
        hints.changed(LiveHints.Kind.PATIENT, patient);
        return of(patient);
    }

    private boolean exists(UUID insurance) {
        return jdbc.sql("select exists (select from insurance where organization_id = ? and id = ?)")
                .params(CurrentOrganization.id(), insurance)
                .query(Boolean.class)
                .single();
    }
}
