package app.recado.scheduling.waitlist;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.FieldProblem;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.security.Caller;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.Patients;
import app.recado.scheduling.availability.ClockTime;
import app.recado.scheduling.directory.Locations;
import app.recado.scheduling.directory.Offering;
import app.recado.scheduling.waitlist.WaitlistController.EntryInput;
import app.recado.scheduling.waitlist.WaitlistController.Window;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What staff and bookings do with the waitlist. Every change holds the entry's row first. */
@Service
public class Waitlist {

    private static final Set<WaitlistState> WAITING = EnumSet.of(WaitlistState.ACTIVE, WaitlistState.OFFERED);

    /** Further away is a typing error in the year. */
    private static final int REACH_DAYS = 2 * 366;

    private final JdbcClient jdbc;
    private final WaitlistQueries queries;
    private final Patients patients;
    private final Locations locations;
    private final Offering offering;
    private final OrganizationProfiles organizations;
    private final LiveHints hints;
    private final Clock clock;

    Waitlist(
            JdbcClient jdbc,
            WaitlistQueries queries,
            Patients patients,
            Locations locations,
            Offering offering,
            OrganizationProfiles organizations,
            LiveHints hints,
            Clock clock) {
        this.jdbc = jdbc;
        this.queries = queries;
        this.patients = patients;
        this.locations = locations;
        this.offering = offering;
        this.organizations = organizations;
        this.hints = hints;
        this.clock = clock;
    }

    private record Held(
            UUID patientId, UUID serviceId, @Nullable UUID practitionerId, WaitlistState state, long version) {}

    /**
     * @return the new entry's id
     * @throws ProblemException {@code patient-unknown}, {@code practitioner-unknown}, {@code healthcare-service-unknown},
     *     {@code invalid-fields}
     */
    @Transactional
    public UUID add(EntryInput input) {
        check(input, null);
        return insert(input, Caller.current().subject());
    }

    /**
     * A patient waits for a service with anybody, by a wish of their own; part of the caller's transaction.
     *
     * @return false when they wait for it already, or when patient or service are not there any more
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean join(UUID patientId, UUID serviceId) {
        if (!patients.hold(patientId)
                || !isActive("healthcare_service", serviceId)
                || waitsAlready(patientId, serviceId, null, null)) {
            return false;
        }
        insert(new EntryInput(patientId, serviceId, null, null, null, null, null, null, null), "patient");
        return true;
    }

    private UUID insert(EntryInput input, String by) {
        var id = Ids.next();
        bound(jdbc.sql("""
                insert into waitlist_entry (organization_id, id, patient_id, healthcare_service_id, practitioner_id, location_id,
                                            first_day, last_day, priority, note, state, created_at, created_by, version)
                values (:org, :id, :patient, :service, :practitioner, :location, :first, :last, :priority, :note, 'active',
                        :now, :caller, 0)
                """).param("now", SqlTime.at(clock.instant())).param("caller", by), id, input)
                .update();
        store(id, windows(input));
        return id;
    }

    /**
     * Changes an entry that waits; it keeps its place.
     *
     * @throws ProblemException {@code not-found}, {@code stale}, {@code waitlist-entry-not-in-that-state}, and as {@link #add}
     */
    @Transactional
    public void change(UUID id, ExpectedVersion expected, EntryInput input) {
        var held = existing(id);
        expected.mustBe(held.version());
        require(held, WAITING, "cannot be changed");
        check(input, id);
        bound(jdbc.sql("""
                update waitlist_entry
                   set patient_id = :patient, healthcare_service_id = :service, practitioner_id = :practitioner,
                       location_id = :location, first_day = :first, last_day = :last, priority = :priority, note = :note,
                       version = version + 1
                 where organization_id = :org and id = :id
                """), id, input).update();
        jdbc.sql("delete from waitlist_window where organization_id = ? and entry_id = ?")
                .params(CurrentOrganization.id(), id)
                .update();
        store(id, windows(input));
    }

    /** @throws ProblemException {@code not-found}, {@code stale}, {@code waitlist-entry-not-in-that-state} */
    @Transactional
    public void withdraw(UUID id, ExpectedVersion expected) {
        become(id, expected, WAITING, WaitlistState.WITHDRAWN);
    }

    /** @throws ProblemException {@code not-found}, {@code stale}, {@code waitlist-entry-not-in-that-state} */
    @Transactional
    public void reactivate(UUID id, ExpectedVersion expected) {
        var held = existing(id);
        if (waitsAlready(held.patientId(), held.serviceId(), held.practitionerId(), id)) {
            throw Problem.WAITLIST_ENTRY_NOT_IN_THAT_STATE.because("The patient waits for this service again already");
        }
        become(id, expected, EnumSet.of(WaitlistState.WITHDRAWN), WaitlistState.ACTIVE);
    }

    /**
     * The patient has a visit and waits no more; part of the transaction that books it.
     *
     * @throws ProblemException {@code invalid-fields} for an entry that the clinic does not have or that is another
     *     patient's, {@code waitlist-entry-not-in-that-state} when it was booked or withdrawn meanwhile
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void book(UUID id, UUID patientId, UUID appointmentId) {
        var held = hold(id);
        if (held == null || !held.patientId().equals(patientId)) {
            throw Problem.INVALID_FIELDS.at(
                    "/waitlistEntryId", "unknown-value", "Choose an entry of this patient on the clinic's waitlist");
        }
        require(held, WAITING, "cannot be booked");
        jdbc.sql("""
                update waitlist_entry set state = 'booked', appointment_id = ?, version = version + 1
                 where organization_id = ? and id = ?
                """).params(appointmentId, CurrentOrganization.id(), id).update();
        hints.changed(LiveHints.Kind.WAITLIST_ENTRY, id);
    }

    /** Somebody who waits, as they are asked. */
    public record Waiting(UUID entryId, UUID patientId) {}

    /**
     * Whom an hour would suit, in the order in which they should be asked.
     *
     * @param locationId null for wherever the practitioner sees patients then
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Waiting> suiting(
            UUID practitionerId, Instant start, Instant end, @Nullable UUID locationId, UUID serviceId) {
        return queries.matches(new WaitlistQueries.Hour(practitionerId, start, end, locationId, serviceId)).stream()
                .map(entry -> new Waiting(entry.id(), entry.patient().id()))
                .toList();
    }

    /** An hour is offered to them; false when they were booked, withdrawn or asked about another one meanwhile. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean offer(UUID id) {
        return becomes(id, WaitlistState.ACTIVE, WaitlistState.OFFERED);
    }

    /** The offer is over and they wait as before; whoever was booked or withdrawn meanwhile stays so. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void waitOn(UUID id) {
        becomes(id, WaitlistState.OFFERED, WaitlistState.ACTIVE);
    }

    private boolean becomes(UUID id, WaitlistState from, WaitlistState to) {
        int changed = jdbc.sql("""
                        update waitlist_entry set state = ?, version = version + 1
                         where organization_id = ? and id = ? and state = ?
                        """)
                .params(to.wireName(), CurrentOrganization.id(), id, from.wireName())
                .update();
        hints.changed(LiveHints.Kind.WAITLIST_ENTRY, id);
        return changed == 1;
    }

    private void become(UUID id, ExpectedVersion expected, Set<WaitlistState> from, WaitlistState to) {
        var held = existing(id);
        expected.mustBe(held.version());
        require(held, from, "cannot become " + to.wireName());
        jdbc.sql("update waitlist_entry set state = ?, version = version + 1 where organization_id = ? and id = ?")
                .params(to.wireName(), CurrentOrganization.id(), id)
                .update();
        hints.changed(LiveHints.Kind.WAITLIST_ENTRY, id);
    }

    private Held existing(UUID id) {
        var held = hold(id);
        if (held == null) {
            throw Problem.NOT_FOUND.because("There is no such waitlist entry");
        }
        return held;
    }

    private @Nullable Held hold(UUID id) {
        return jdbc.sql("""
                        select patient_id, healthcare_service_id, practitioner_id, state, version from waitlist_entry
                         where organization_id = ? and id = ? for update
                        """)
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> new Held(
                        row.getObject("patient_id", UUID.class),
                        row.getObject("healthcare_service_id", UUID.class),
                        row.getObject("practitioner_id", UUID.class),
                        WaitlistState.of(row.getString("state")),
                        row.getLong("version")))
                .optional()
                .orElse(null);
    }

    private static void require(Held held, Set<WaitlistState> states, String what) {
        if (!states.contains(held.state())) {
            throw Problem.WAITLIST_ENTRY_NOT_IN_THAT_STATE.because(
                    "The entry is %s and %s".formatted(held.state().wireName(), what));
        }
    }

    /** @param changed null for a new entry */
    private void check(EntryInput input, @Nullable UUID changed) {
        if (!patients.hold(input.patientId())) {
            throw Problem.PATIENT_UNKNOWN.at("/patientId", "unknown-value", "Register the patient first");
        }
        if (!isActive("healthcare_service", input.healthcareServiceId())) {
            throw Problem.HEALTHCARE_SERVICE_UNKNOWN.at(
                    "/healthcareServiceId", "unknown-value", "Choose one of the clinic's services");
        }
        var practitioner = input.practitionerId();
        if (practitioner != null && !isActive("practitioner", practitioner)) {
            throw Problem.PRACTITIONER_UNKNOWN.at(
                    "/practitionerId", "unknown-value", "Choose one of the clinic's practitioners");
        }
        if (practitioner != null && !offering.includes(input.healthcareServiceId(), practitioner)) {
            throw Problem.PRACTITIONER_UNKNOWN.at(
                    "/practitionerId", "not-offered", "Choose a practitioner who offers this service");
        }
        if (input.locationId() != null) {
            locations.requireActive(input.locationId(), "/locationId");
        }
        var wrong = new ArrayList<FieldProblem>();
        checkReach("/firstDay", input.firstDay(), wrong);
        checkReach("/lastDay", input.lastDay(), wrong);
        if (input.firstDay() != null
                && input.lastDay() != null
                && input.lastDay().isBefore(input.firstDay())) {
            wrong.add(new FieldProblem("/lastDay", "not-after-start", "The last day is not before the first"));
        }
        checkWindows(windows(input), wrong);
        if (wrong.isEmpty() && waitsAlready(input.patientId(), input.healthcareServiceId(), practitioner, changed)) {
            wrong.add(new FieldProblem(
                    "/healthcareServiceId", "already-waiting", "The patient is on the waitlist for this service"));
        }
        if (!wrong.isEmpty()) {
            throw new ProblemException(Problem.INVALID_FIELDS, Problem.INVALID_FIELDS.title(), wrong);
        }
    }

    private void checkReach(String pointer, @Nullable LocalDate day, List<FieldProblem> wrong) {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (day != null && Math.abs(ChronoUnit.DAYS.between(today, day)) > REACH_DAYS) {
            wrong.add(new FieldProblem(pointer, "out-of-range", "Visits can be booked for the next two years"));
        }
    }

    private static void checkWindows(List<Window> windows, List<FieldProblem> wrong) {
        for (int i = 0; i < windows.size(); i++) {
            var one = windows.get(i);
            int opens = ClockTime.minutes(one.from());
            int closes = ClockTime.minutes(one.until());
            if (closes <= opens) {
                wrong.add(
                        new FieldProblem("/windows/" + i + "/until", "not-after-start", "Hours end after they begin"));
            }
            if (windows.subList(0, i).stream()
                    .anyMatch(other -> other.day() == one.day()
                            && ClockTime.minutes(other.from()) < closes
                            && opens < ClockTime.minutes(other.until()))) {
                wrong.add(new FieldProblem("/windows/" + i + "/from", "overlaps", "Hours of a day do not overlap"));
            }
        }
    }

    /** @param table a name of ours, never a client's */
    private boolean isActive(String table, UUID id) {
        return jdbc.sql("select exists (select from %s where organization_id = ? and id = ? and active)"
                        .formatted(table))
                .params(CurrentOrganization.id(), id)
                .query(Boolean.class)
                .single();
    }

    /**
     * Somebody waits once for the same: a second entry would be asked beside the first.
     *
     * @param but the entry that is changed or comes back; null for a new one
     */
    private boolean waitsAlready(UUID patient, UUID service, @Nullable UUID practitioner, @Nullable UUID but) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(? || '/waitlist/' || ?, 0))")
                .params(CurrentOrganization.id().toString(), patient.toString())
                .query((row, n) -> n)
                .list();
        return jdbc.sql("""
                        select exists (
                            select from waitlist_entry
                             where organization_id = :org and patient_id = :patient and healthcare_service_id = :service
                               and (practitioner_id is null or cast(:practitioner as uuid) is null
                                    or practitioner_id = :practitioner)
                               and id <> :but
                               and (state = 'offered' or state = 'active' and (last_day is null or last_day >= :today)))
                        """)
                .param("org", CurrentOrganization.id())
                .param("patient", patient)
                .param("service", service)
                .param("practitioner", practitioner)
                .param("but", but == null ? new UUID(0, 0) : but)
                .param(
                        "today",
                        LocalDate.ofInstant(
                                clock.instant(), organizations.current().timeZone()))
                .query(Boolean.class)
                .single();
    }

    private static List<Window> windows(EntryInput input) {
        return Objects.requireNonNullElse(input.windows(), List.of());
    }

    private static JdbcClient.StatementSpec bound(JdbcClient.StatementSpec statement, UUID id, EntryInput input) {
        var note = input.note();
        return statement
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .param("patient", input.patientId())
                .param("service", input.healthcareServiceId())
                .param("practitioner", input.practitionerId())
                .param("location", input.locationId())
                .param("first", input.firstDay())
                .param("last", input.lastDay())
                .param(
                        "priority",
                        Objects.requireNonNullElse(input.priority(), WaitlistPriority.ROUTINE)
                                .ordinal())
                .param("note", note == null || note.isBlank() ? null : note.strip());
    }

    private void store(UUID id, List<Window> windows) {
        for (var one : windows) {
            jdbc.sql("""
                    insert into waitlist_window (organization_id, entry_id, day_of_week, opens, closes) values (?, ?, ?, ?, ?)
                    """)
                    .params(
                            CurrentOrganization.id(),
                            id,
                            one.day().iso(),
                            ClockTime.minutes(one.from()),
                            ClockTime.minutes(one.until()))
                    .update();
        }
        hints.changed(LiveHints.Kind.WAITLIST_ENTRY, id);
    }
}
