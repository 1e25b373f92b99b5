package app.recado.scheduling.directory;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.security.Caller;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who pays for visits: <i>obra social</i>, <i>convênio</i>, <i>EPS</i>. Retired, never deleted: past visits name them. */
@Service
public class Insurances {

    private static final String TABLE = "insurance";
    private static final String MISSING = "There is no such insurance";

    private final JdbcClient jdbc;
    private final VersionedRows rows;
    private final LiveHints hints;
    private final Clock clock;

    Insurances(JdbcClient jdbc, VersionedRows rows, LiveHints hints, Clock clock) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.hints = hints;
        this.clock = clock;
    }

    /**
     * An insurance and where it is accepted.
     *
     * @param practitionerIds in order of their ids; empty when all accept it
     * @param healthcareServiceIds in order of their ids; empty when it is accepted for all
     * @param active false: it stays on the visits that have it and is offered no more
     */
    record Insurance(
            UUID id,
            String name,
            List<UUID> practitionerIds,
            List<UUID> healthcareServiceIds,
            boolean active,
            long version) {}

    /**
     * An insurance as it shall be.
     *
     * @param practitionerIds empty for all
     * @param healthcareServiceIds empty for all
     */
    record Details(String name, List<UUID> practitionerIds, List<UUID> healthcareServiceIds) {}

    /** By name. */
    @Transactional(readOnly = true)
    public List<Insurance> all() {
        var practitioners = accepting(Acceptance.PRACTITIONERS);
        var services = accepting(Acceptance.SERVICES);
        return jdbc.sql("select id, name, active, version from insurance where organization_id = ? order by name, id")
                .param(CurrentOrganization.id())
                .query((row, n) -> {
                    var id = row.getObject("id", UUID.class);
                    return new Insurance(
                            id,
                            row.getString("name"),
                            practitioners.getOrDefault(id, List.of()),
                            services.getOrDefault(id, List.of()),
                            row.getBoolean("active"),
                            row.getLong("version"));
                })
                .list();
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public Insurance get(UUID id) {
        return all().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.NOT_FOUND.because(MISSING));
    }

    /** @throws app.recado.kernel.ProblemException {@code invalid-fields} */
    @Transactional
    public Insurance create(Details details) {
        var id = Ids.next();
        jdbc.sql("""
                insert into insurance (organization_id, id, name, active, created_at, created_by, version)
                values (?, ?, ?, true, ?, ?, 0)
                """)
                .params(
                        CurrentOrganization.id(),
                        id,
                        details.name().strip(),
                        SqlTime.at(clock.instant()),
                        Caller.current().subject())
                .update();
        accept(id, details);
        return get(id);
    }

    /**
     * Changes an insurance, or retires one.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code invalid-fields}
     */
    @Transactional
    public Insurance change(UUID id, ExpectedVersion expected, Details details, boolean active) {
        rows.hold(TABLE, id, expected, MISSING);
        jdbc.sql(
                        "update insurance set name = ?, active = ?, version = version + 1 where organization_id = ? and id = ?")
                .params(details.name().strip(), active, CurrentOrganization.id(), id)
                .update();
        for (var acceptance : Acceptance.values()) {
            jdbc.sql("delete from %s where organization_id = ? and insurance_id = ?".formatted(acceptance.table))
                    .params(CurrentOrganization.id(), id)
                    .update();
        }
        accept(id, details);
        return get(id);
    }

    /**
     * Refuses an insurance that a visit cannot have.
     *
     * @param insuranceId null for none, which is always possible
     * @throws app.recado.kernel.ProblemException {@code invalid-fields} for one that the clinic does not have or retired, or
     *     that the practitioner does not accept for the service
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void requireAccepted(@Nullable UUID insuranceId, UUID practitionerId, UUID serviceId) {
        if (insuranceId == null) {
            return;
        }
        var insurance = all().stream()
                .filter(one -> one.id().equals(insuranceId) && one.active())
                .findFirst()
                .orElseThrow(() -> Problem.INVALID_FIELDS.at(
                        "/insuranceId", "unknown-value", "Choose one of the clinic's insurances"));
        if (!allows(insurance.practitionerIds(), practitionerId)
                || !allows(insurance.healthcareServiceIds(), serviceId)) {
            throw Problem.INVALID_FIELDS.at(
                    "/insuranceId", "not-accepted", "This practitioner does not accept it for this service");
        }
    }

    private static boolean allows(List<UUID> named, UUID one) {
        return named.isEmpty() || named.contains(one);
    }

    /** What an acceptance is about; the names of tables and columns are ours and never a client's. */
    private enum Acceptance {
        PRACTITIONERS("insurance_practitioner", "practitioner_id", "practitioner", "/practitionerIds/"),
        SERVICES("insurance_service", "healthcare_service_id", "healthcare_service", "/healthcareServiceIds/");

        private final String table;
        private final String column;
        private final String named;
        private final String pointer;

        Acceptance(String table, String column, String named, String pointer) {
            this.table = table;
            this.column = column;
            this.named = named;
            this.pointer = pointer;
        }
    }

    private Map<UUID, List<UUID>> accepting(Acceptance acceptance) {
        var byInsurance = new HashMap<UUID, List<UUID>>();
        jdbc.sql("select insurance_id, %s as named from %s where organization_id = ? order by 1, 2"
                        .formatted(acceptance.column, acceptance.table))
                .param(CurrentOrganization.id())
                .query(row -> {
                    byInsurance
                            .computeIfAbsent(row.getObject("insurance_id", UUID.class), one -> new ArrayList<>())
                            .add(row.getObject("named", UUID.class));
                });
        return byInsurance;
    }

    private void accept(UUID insurance, Details details) {
        accept(Acceptance.PRACTITIONERS, insurance, details.practitionerIds());
        accept(Acceptance.SERVICES, insurance, details.healthcareServiceIds());
        hints.changed(LiveHints.Kind.INSURANCE, insurance);
    }

    private void accept(Acceptance acceptance, UUID insurance, List<UUID> named) {
        for (int i = 0; i < named.size(); i++) {
            int found = jdbc.sql("""
                    insert into %1$s (organization_id, insurance_id, %2$s)
                    select :org, :insurance, id from %3$s where organization_id = :org and id = :named
                    on conflict (organization_id, insurance_id, %2$s) do update set %2$s = excluded.%2$s
                    """.formatted(acceptance.table, acceptance.column, acceptance.named))
                    .param("org", CurrentOrganization.id())
                    .param("insurance", insurance)
                    .param("named", named.get(i))
                    .update();
            if (found == 0) {
                throw Problem.INVALID_FIELDS.at(acceptance.pointer + i, "unknown-value", "The clinic does not have it");
            }
        }
    }
}
